import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type Layer, lockSchema, templateManifestSchema } from '../model';
import { buildLayer, layerDigest } from './buildLayer';
import { classify } from './classify';
import { digestOf, renderedDigest, skeletonInputDigest } from './digest';
import { formatLock, mergeLayer } from './formatLock';
import type { SourceFile } from './sourceFile';

const bytes = (text: string) => new TextEncoder().encode(text);

const manifest = templateManifestSchema.parse({
  schemaVersion: 1,
  version: '1.10.0',
  copyWithoutTemplating: ['.github/**'],
  classes: {
    managed: ['.github/**', 'Dockerfile'],
    seeded: ['src', 'README.md'],
    excluded: ['**/*.log'],
  },
});

const rendered: SourceFile[] = [
  { path: 'src/index.ts', mode: '100644', content: bytes('x') },
  { path: 'Dockerfile', mode: '100644', content: bytes('FROM a') },
  { path: 'bin/run', mode: '100755', content: bytes('#!') },
];

function layer(options: Partial<Parameters<typeof buildLayer>[0]> = {}): Layer {
  return buildLayer({
    id: 'service',
    entityRef: 'template:default/node',
    source: { type: 'git', url: 'https://example.com/t', commit: null },
    manifest,
    inputDigest: digestOf(bytes('')),
    values: {
      zone: 'b',
      name: 'pay',
      at: '2026-11-21',
      nested: { z: [1], a: null },
    },
    rendered,
    applied: { at: '2026-11-21T02:00:00Z', via: 'scaffolder-task:1' },
    ...options,
  });
}

describe('digestOf', () => {
  it('is the SHA-256 of the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), content => {
        expect(digestOf(content)).toBe(
          `sha256:${createHash('sha256').update(content).digest('hex')}`,
        );
      }),
    );
  });
});

describe('renderedDigest', () => {
  it('does not depend on the order, and changes with path, mode and content', () => {
    const digest = renderedDigest(rendered);
    expect(renderedDigest([...rendered].reverse())).toBe(digest);
    const [first, ...others] = rendered;
    for (const change of [
      { path: 'other' },
      { mode: '100755' as const },
      { content: bytes('y') },
    ]) {
      expect(renderedDigest([{ ...first, ...change }, ...others])).not.toBe(
        digest,
      );
    }
  });

  it('tells the manifest from the skeleton', () => {
    const files = [{ ...rendered[0], path: 'manifest' }];
    const parts = [{ folder: 'skeleton', files }];
    expect(skeletonInputDigest({ manifest: bytes('a'), parts })).not.toBe(
      skeletonInputDigest({ manifest: bytes('x'), parts }),
    );
  });
});

describe('classify', () => {
  it.each([
    ['src/deep/a.ts', 'seeded'],
    ['src/deep/a.log', 'excluded'],
    ['.github/workflows/ci.yml', 'managed'],
    ['Dockerfile', 'managed'],
    ['package.json', 'merged'],
  ])('%s is %s', (path, expected) => {
    expect(classify(path, manifest)).toBe(expected);
  });

  it('lets the service override, the exact path before a glob', () => {
    const ownership = { '**': 'seeded', Dockerfile: 'excluded' } as const;
    expect(classify('.github/a', manifest, ownership)).toBe('seeded');
    expect(classify('Dockerfile', manifest, ownership)).toBe('excluded');
  });
});

describe('buildLayer', () => {
  it('records every file with digest, mode and class', () => {
    expect(layer().rendered).toEqual({
      digest: renderedDigest(rendered),
      absent: [],
      files: {
        'src/index.ts': {
          sha256: digestOf(bytes('x')),
          mode: '100644',
          class: 'seeded',
        },
        Dockerfile: {
          sha256: digestOf(bytes('FROM a')),
          mode: '100644',
          class: 'managed',
        },
        'bin/run': {
          sha256: digestOf(bytes('#!')),
          mode: '100755',
          class: 'merged',
        },
      },
    });
    expect(layerDigest(layer().rendered.files)).toBe(renderedDigest(rendered));
  });

  it('goes on with the history of the layer it replaces', () => {
    const previous = layer({ manifest: { ...manifest, version: '1.9.0' } });
    previous.rendered.absent = ['docs/index.md'];
    const next = layer({ previous });
    expect(next.rendered.absent).toEqual(['docs/index.md']);
    expect(next.history).toEqual([
      {
        from: '1.9.0',
        to: '1.10.0',
        at: '2026-11-21T02:00:00Z',
        via: 'scaffolder-task:1',
      },
    ]);
    expect(layer({ previous: next }).history).toEqual(next.history);
  });

  it('refuses a skeleton that holds the lock', () => {
    const path = '.golden-path.lock.yaml';
    expect(() => layer({ rendered: [{ ...rendered[0], path }] })).toThrow(
      'cannot hold the lock',
    );
  });
});

describe('formatLock', () => {
  it('round-trips, starts with a comment, and is the same for the same meaning', () => {
    const lock = mergeLayer(undefined, layer());
    const text = formatLock(lock);
    expect(text.split('\n')[0]).toMatch(/^# Written by machines/);
    expect(lockSchema.parse(parse(text))).toEqual(lock);
    const other = layer({
      rendered: [...rendered].reverse(),
      values: {
        nested: { a: null, z: [1] },
        at: '2026-11-21',
        name: 'pay',
        zone: 'b',
      },
    });
    expect(formatLock(mergeLayer(undefined, other))).toBe(text);
  });

  it('round-trips any JSON values', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })),
        values => {
          const text = JSON.stringify(values);
          fc.pre(!text.includes('"__proto__":'));
          const clean = JSON.parse(text);
          const lock = mergeLayer(undefined, layer({ values: clean }));
          expect(parse(formatLock(lock)).layers[0].render.values).toEqual(
            clean,
          );
        },
      ),
    );
  });

  it.each(['{"__proto__":1}', '{"a":[{"__proto__":{}}]}'])(
    'refuses the values %s, which no reader would give back',
    text => {
      expect(() => layer({ values: JSON.parse(text) })).toThrow(
        "values: No value can be named '__proto__'",
      );
    },
  );

  it('replaces the layer with the same id and keeps the others in place', () => {
    const lock = ['a', 'b', 'c'].reduce(
      (previous, id) => mergeLayer(previous, layer({ id })),
      mergeLayer(undefined, layer({ id: 'a' })),
    );
    const merged = mergeLayer(lock, layer({ id: 'b', values: { new: 1 } }));
    expect(merged.layers.map(l => [l.id, l.render.values.new])).toEqual([
      ['a', undefined],
      ['b', 1],
      ['c', undefined],
    ]);
  });

  it('refuses what does not fit the schema', () => {
    expect(() => formatLock({ schemaVersion: 1, layers: [] })).toThrow();
  });
});

describe('a held file', () => {
  it('is written with the version it is held at, and read again', () => {
    const held = layer();
    held.rendered.files.Dockerfile.heldAt = '1.9.0';
    const text = formatLock({ schemaVersion: 1, layers: [held] });
    expect(lockSchema.parse(parse(text)).layers[0].rendered.files).toEqual(
      held.rendered.files,
    );
    expect(text).toContain('heldAt: 1.9.0');
  });
});
