import { DocumentError, loadGoldenPath } from '.';

function pathText(checks: string[]): string {
  return [
    'apiVersion: golden-path.dev/v1alpha1', // 1
    'kind: GoldenPath', // 2
    'metadata: { name: service, title: Production service }', // 3
    'spec:', // 4
    '  owner: group:default/platform', // 5
    '  version: 1.0.0', // 6
    '  appliesTo: { kind: Component }', // 7
    '  checks:', // 8
    ...checks,
  ].join('\n');
}

// The check takes lines 9 to 13, what is added starts at line 14.
const CHECK = [
  '    - id: SEC-01',
  '      title: Every action is pinned',
  '      category: security',
  '      level: silver',
  '      facts: [repository]',
];

function problemsWith(lines: string[], factSchemas = {}) {
  try {
    loadGoldenPath({
      text: pathText([...CHECK, ...lines]),
      file: 'p.yaml',
      factSchemas,
    });
    return [];
  } catch (error) {
    return (error as DocumentError).problems;
  }
}

it('reads a path', () => {
  const path = loadGoldenPath({
    text: pathText([
      ...CHECK,
      '      weight: 7.5',
      '      when: repository.workflows.size() > 0',
      '      pass: repository.workflows.all(w, w.uses.all(u, u.pinned))',
      '      rollout: { stage: enforce, enforceFrom: 2026-12-01 }',
      '      message: "{{ count }} of {{ total }} actions float"',
    ]),
    file: 'p.yaml',
  });
  expect(path.spec.levels).toEqual(['bronze', 'silver', 'gold']);
  expect(path.spec.checks[0]).toMatchObject({
    id: 'SEC-01',
    weight: 7.5,
    rollout: { stage: 'enforce', enforceFrom: '2026-12-01' },
  });
});

describe('places of mistakes in expressions', () => {
  it.each<[string, string[], number, number]>([
    ['plain', ['      pass: repository.a && repo.b'], 14, 29],
    [
      'single quotes',
      ["      pass: 'repository.a == ''x'' && repo.b'"],
      14,
      39,
    ],
    [
      'double quotes',
      ['      pass: "repository.a == \\"x\\" && repo.b"'],
      14,
      39,
    ],
    [
      'literal block',
      ['      pass: |', '        repository.a &&', '          repo.b'],
      16,
      11,
    ],
    [
      'folded block',
      ['      pass: >-', '        repository.a &&', '        repo.b'],
      16,
      9,
    ],
    [
      'plain over lines',
      ['      pass: repository.a &&', '        repo.b'],
      15,
      9,
    ],
    ['flow', ['      "pass": repository.a && repo.b'], 14, 31],
    ['syntax', ['      pass: repository.a.all(x, x ==)'], 14, 35],
  ])('%s', (_, lines, line, column) => {
    const [problem, ...more] = problemsWith(lines);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      file: 'p.yaml',
      line,
      field: 'spec.checks.0.pass',
    });
    expect(problem.message).toContain(`(column ${column})`);
  });

  it('says which fact a name could be', () => {
    expect(problemsWith(['      pass: repositry.a'])[0].message).toBe(
      "'repositry' is not among the check's facts (repository) (column 13)",
    );
  });

  it('says so for when too', () => {
    expect(
      problemsWith(['      when: 1 +', '      pass: repository.a']),
    ).toEqual([
      expect.objectContaining({ line: 14, field: 'spec.checks.0.when' }),
    ]);
  });
});

it('lists problems of fields and expressions together', () => {
  const problems = problemsWith([
    '      pass: repository.a &&',
    '      wieght: 3',
    '    - id: SEC-01',
    '      title: Again',
    '      category: security',
    '      level: platinum',
    '      facts: repository',
    '      pass: anything.goes',
  ]);
  expect(problems.map(({ line, field }) => [line, field])).toEqual([
    [14, 'spec.checks.0.pass'],
    [15, 'spec.checks.0.wieght'],
    [16, 'spec.checks.1.id'],
    [19, 'spec.checks.1.level'],
    [20, 'spec.checks.1.facts'],
  ]);
});

it('refuses ids used twice and levels not on the ladder', () => {
  const again = CHECK.map(line => line.replace('silver', 'platinum'));
  const problems = problemsWith([
    '      pass: repository.a',
    ...again,
    '      pass: repository.a',
  ]);
  expect(problems.map(({ line, field }) => [line, field])).toEqual([
    [15, 'spec.checks.1.id'],
    [18, 'spec.checks.1.level'],
  ]);
});

it.each([
  ['too long', `repository.a == "${'x'.repeat(4000)}"`],
  ['too deep', `${'1 + '.repeat(80)}1 > 0`],
  [
    'too many loops',
    'repository.a.all(a, a.all(b, b.all(c, c.all(d, d.all(e, e)))))',
  ],
])('refuses an expression that is %s', (_, pass) => {
  expect(problemsWith([`      pass: ${pass}`]).length).toBeGreaterThan(0);
});

it.each(['', 'null', '[]', 'spec: 3', 'spec: { checks: [null, 3, {}] }'])(
  'refuses %j with an error of its own',
  text => {
    expect(() => loadGoldenPath({ text, file: 'p.yaml' })).toThrow(
      DocumentError,
    );
  },
);
