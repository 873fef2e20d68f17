import { z } from 'zod';
import {
  DocumentError,
  parseDocument,
  parseFacts,
  parseLock,
  parseServiceFile,
  parseTemplateManifest,
} from '.';

function errorOf(work: () => unknown): DocumentError {
  try {
    work();
  } catch (error) {
    if (error instanceof DocumentError) {
      return error;
    }
    throw error;
  }
  throw new Error('it was accepted');
}

const anything = z.unknown();

function yamlErrorOf(text: string, maxBytes?: number) {
  return errorOf(() =>
    parseDocument({ text, file: 'a.yaml', schema: anything, maxBytes }),
  );
}

describe('YAML', () => {
  it('is read with its schema, JSON too', () => {
    const schema = z.object({ a: z.number(), b: z.string().default('x') });
    const expected = { a: 1, b: 'x' };
    expect(parseDocument({ text: 'a: 1', file: 'f', schema })).toEqual(
      expected,
    );
    expect(parseDocument({ text: '{"a": 1}', file: 'f', schema })).toEqual(
      expected,
    );
  });

  it('keeps dates as text', () => {
    const schema = z.object({ at: z.iso.date() });
    expect(
      parseDocument({ text: 'at: 2026-12-01', file: 'f', schema }),
    ).toEqual({ at: '2026-12-01' });
  });

  it.each([
    ['a: [1', 1, 'Not valid YAML'],
    ['a: 1\nb: 2\na: 3', 3, 'unique'],
    ['a: 1\n---\nb: 2', 2, 'Only one YAML document'],
    ['# nothing', 1, 'empty'],
    ['', 1, 'empty'],
    ['a: 1\nb: !!js/function x', 2, 'tag'],
    ['a: 1\nb: *nowhere', 2, 'nowhere'],
  ])('%j is refused', (text, line, message) => {
    expect(yamlErrorOf(text).problems[0]).toEqual({
      file: 'a.yaml',
      line,
      message: expect.stringContaining(message),
    });
  });

  it('is refused when it is too large, in bytes', () => {
    expect(yamlErrorOf(`a: ${'x'.repeat(20)}`, 20).message).toBe(
      'a.yaml: The document is larger than the 20 bytes allowed',
    );
    expect(yamlErrorOf(`a: ${'é'.repeat(10)}`, 20).message).toContain('larger');
    expect(
      yamlErrorOf(`a: ${'x'.repeat(1024 * 1024)}`).problems[0].message,
    ).toContain('1048576 bytes');
  });

  it('is refused when aliases multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++) {
      const alias = `*a${i - 1}`;
      lines.push(`a${i}: &a${i} [${Array(9).fill(alias).join(', ')}]`);
    }
    expect(yamlErrorOf(lines.join('\n')).message).toContain('alias');
  });

  it('is refused when it has more aliases than people write', () => {
    const text = `a: &a 1\nb:\n${'  - *a\n'.repeat(201)}`;
    expect(yamlErrorOf(text).message).toBe(
      'a.yaml:203: Not valid YAML: there are more than 200 aliases',
    );
  });

  it('is refused when it holds itself', () => {
    expect(yamlErrorOf('b: 1\na: &a [*a]').message).toBe(
      "a.yaml:2: Not valid YAML: the alias '*a' is part of what it stands for",
    );
  });

  it('takes a few aliases', () => {
    const text = 'a: &x [1]\nb: *x';
    expect(parseDocument({ text, file: 'f', schema: anything })).toEqual({
      a: [1],
      b: [1],
    });
  });

  it.each(['['.repeat(100_000), `a: ${'{b: '.repeat(50_000)}`])(
    'is refused when it is nested beyond reading',
    text => {
      expect(yamlErrorOf(text).problems.length).toBeGreaterThan(0);
    },
  );

  it('does not touch the prototypes of objects', () => {
    const text = '__proto__: { polluted: true }\nconstructor: { prototype: 1 }';
    parseDocument({ text, file: 'f', schema: anything });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('schema problems', () => {
  const schema = z.strictObject({
    name: z.string(),
    items: z.array(
      z.strictObject({
        id: z.string(),
        size: z.number().optional(),
        when: z.union([z.iso.date(), z.iso.datetime()]).optional(),
      }),
    ),
    extra: z.object({ deep: z.string() }).optional(),
  });
  const problemsIn = (text: string) =>
    errorOf(() => parseDocument({ text, file: 'f.yaml', schema })).problems;

  it('are all listed, with the line of the deepest part that exists', () => {
    const text = [
      'items:', // 1
      '  - id: a', // 2
      '    size: big', // 3
      '  - size: 2', // 4
      '    colour: red', // 5
      '  - id: c', // 6
      '    when: soon', // 7
      'extra:', // 8
      '  other: 1', // 9
    ].join('\n');
    expect(problemsIn(text)).toEqual([
      {
        file: 'f.yaml',
        line: 1,
        field: 'name',
        message: 'is missing (expected string)',
      },
      {
        file: 'f.yaml',
        line: 3,
        field: 'items.0.size',
        message: 'Invalid input: expected number, received string',
      },
      {
        file: 'f.yaml',
        line: 4,
        field: 'items.1.id',
        message: 'is missing (expected string)',
      },
      {
        file: 'f.yaml',
        line: 5,
        field: 'items.1.colour',
        message: 'is not a known field',
      },
      {
        file: 'f.yaml',
        line: 7,
        field: 'items.2.when',
        message: 'Invalid ISO date, or Invalid ISO datetime',
      },
      {
        file: 'f.yaml',
        line: 8,
        field: 'extra.deep',
        message: 'is missing (expected string)',
      },
    ]);
  });

  it('point into what an alias stands for', () => {
    const text = 'name: x\nitems:\n  - &i\n    id: 3\n  - *i';
    expect(problemsIn(text).map(({ line, field }) => [line, field])).toEqual([
      [4, 'items.0.id'],
      [4, 'items.1.id'],
    ]);
  });

  it('are one line each in the message', () => {
    const error = errorOf(() =>
      parseDocument({ text: 'name: 1\nitems: 2', file: 'f.yaml', schema }),
    );
    expect(error.name).toBe('DocumentError');
    expect(error.message).toBe(
      'f.yaml:1 name: Invalid input: expected string, received number\n' +
        'f.yaml:2 items: Invalid input: expected array, received number',
    );
  });

  it('are of the document when it is something else altogether', () => {
    expect(problemsIn('just text')).toEqual([
      {
        file: 'f.yaml',
        line: 1,
        message: 'Invalid input: expected object, received string',
      },
    ]);
  });
});

describe('documents of the suite', () => {
  it('reads a service file', () => {
    const text = [
      'tier: 2',
      'waivers:',
      '  - { check: SEC-01, reason: late, owner: user:default/a, expires: 2026-12-31 }',
    ].join('\n');
    expect(parseServiceFile({ text, file: 'golden-path.yaml' })).toMatchObject({
      tier: 2,
      waivers: [{ check: 'SEC-01', expires: '2026-12-31' }],
    });
    const error = errorOf(() =>
      parseServiceFile({
        text: `${text}\n  - { reason: x, owner: y, expires: never }`,
        file: 'golden-path.yaml',
      }),
    );
    expect(error.message).toMatch(/^golden-path\.yaml:4 waivers\.1\.expires: /);
  });

  it('reads facts', () => {
    const text = JSON.stringify({
      repository: { observedAt: '2026-11-01T00:00:00Z', data: { a: [null] } },
    });
    expect(parseFacts({ text, file: 'facts.json' })).toEqual(JSON.parse(text));
    expect(
      errorOf(() =>
        parseFacts({ text: 'repository: { data: {} }', file: 'facts.json' }),
      ).message,
    ).toContain('repository.observedAt: is missing');
  });

  it('refuses facts nested deeper than can be followed', () => {
    for (const depth of [100, 400, 800, 1600, 5000]) {
      const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      const text = `{"r": {"observedAt": "2026-11-01T00:00:00Z", "data": {"a": ${deep}}}}`;
      let outcome = 'accepted';
      try {
        parseFacts({ text, file: 'facts.json' });
      } catch (error) {
        outcome = `${error}`;
      }
      expect([
        'accepted',
        'DocumentError: facts.json: The document is nested too deeply',
      ]).toContain(outcome);
    }
  });

  it('reads a manifest and a lock', () => {
    const manifest = 'schemaVersion: 1\nversion: 1.2.0';
    expect(parseTemplateManifest({ text: manifest, file: 'm' }).skeleton).toBe(
      './skeleton',
    );
    expect(
      errorOf(() => parseLock({ text: 'schemaVersion: 1', file: 'lock' }))
        .message,
    ).toBe('lock:1 layers: is missing (expected array)');
  });
});
