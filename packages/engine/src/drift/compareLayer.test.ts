import fc from 'fast-check';
import {
  type DriftStatus,
  driftLayerSchema,
  type FileClass,
  type Layer,
  type Waiver,
} from '../model';
import { digestOf } from '../render/digest';
import { compareLayer } from './compareLayer';

const digest = (text: string) => digestOf(new TextEncoder().encode(text));

type Versions = { b?: string; o?: string; t?: string; class?: FileClass };

function layerOf(
  files: Record<string, Versions>,
  absent: string[] = [],
): Layer {
  return {
    id: 'service',
    template: {
      entityRef: 'template:default/node',
      source: { type: 'git', url: 'https://example.com/t', commit: 'abcdef1' },
      version: '1.0.0',
      inputDigest: digest(''),
    },
    render: { engine: 'e', options: { copyWithoutTemplating: [] }, values: {} },
    rendered: {
      digest: digest(''),
      files: Object.fromEntries(
        Object.entries(files).flatMap(([path, file]) =>
          file.b === undefined
            ? []
            : [
                [
                  path,
                  {
                    sha256: digest(file.b),
                    mode: '100644' as const,
                    class: file.class ?? 'merged',
                  },
                ],
              ],
        ),
      ),
      absent,
    },
    applied: { at: '2026-01-01T00:00:00Z', via: 'test' },
    history: [],
  };
}

function mapOf(files: Record<string, Versions>, key: 'o' | 't') {
  return new Map(
    Object.entries(files).flatMap(([path, file]) => {
      const text = file[key];
      return text === undefined ? [] : [[path, digest(text)] as const];
    }),
  );
}

function compare(
  files: Record<string, Versions>,
  options: {
    absent?: string[];
    waivers?: Waiver[];
    ownership?: Record<string, FileClass>;
    now?: string;
    unreadable?: string;
  } = {},
) {
  const report = compareLayer({
    layer: layerOf(files, options.absent),
    ours: mapOf(files, 'o'),
    theirs: options.unreadable ? undefined : mapOf(files, 't'),
    newestVersion: '2.0.0',
    newestReason: options.unreadable,
    waivers: options.waivers ?? [],
    ownership: options.ownership ?? {},
    now: new Date(options.now ?? '2026-11-21T12:00:00Z'),
  });
  return driftLayerSchema.parse(report);
}

describe('compareLayer', () => {
  it.each<[Versions, DriftStatus, boolean, string | undefined]>([
    [{ b: '1', o: '1', t: '1' }, 'pristine', false, undefined],
    [{ b: '1', o: '1', t: '2' }, 'outdated', true, undefined],
    [{ b: '1', o: '2', t: '1' }, 'edited', true, undefined],
    [{ b: '1', o: '2', t: '3' }, 'edited+outdated', true, undefined],
    [{ b: '1', o: '2', t: '2' }, 'converged', false, undefined],
    [{ b: '1', t: '1' }, 'missing', true, undefined],
    [{ b: '1', t: '2' }, 'missing', true, undefined],
    [{ t: '1' }, 'outdated', true, 'Added by version 2.0.0'],
    [{ o: '1', t: '1' }, 'converged', false, undefined],
    [
      { o: '2', t: '1' },
      'edited+outdated',
      true,
      'Added by version 2.0.0; the service has a file of its own there',
    ],
    [{ b: '1', o: '1' }, 'outdated', true, 'Removed by version 2.0.0'],
    [{ b: '1', o: '2' }, 'edited+outdated', true, 'Removed by version 2.0.0'],
    [{ b: '1' }, 'converged', false, 'Removed by version 2.0.0'],
  ])('%j is %s', (versions, status, drifted, reason) => {
    const report = compare({ 'a/b': versions });
    expect(report.files).toEqual([
      {
        path: 'a/b',
        status,
        class: 'merged',
        drifted,
        ...(reason && { reason }),
      },
    ]);
    expect(report.counts[status]).toBe(1);
    expect(report.drifted).toBe(drifted ? 1 : 0);
  });

  it('does not look at files that only the service has', () => {
    expect(compare({ mine: { o: '1' } }).files).toEqual([]);
  });

  it('takes a deletion on purpose for no drift, until the file is back', () => {
    const file = { b: '1', t: '2' };
    expect(compare({ a: file }, { absent: ['a'] }).files).toEqual([
      {
        path: 'a',
        status: 'pristine',
        class: 'merged',
        drifted: false,
        reason: 'Deleted by the service on purpose, as the lock records',
      },
    ]);
    expect(
      compare({ a: { ...file, o: '3' } }, { absent: ['a'] }).files[0].status,
    ).toBe('edited+outdated');
  });

  it('counts nothing of seeded and excluded files as drift', () => {
    const files = Object.fromEntries(
      (['seeded', 'excluded'] as const).flatMap(c => [
        [`${c}/edited`, { b: '1', o: '2', t: '1', class: c }],
        [`${c}/both`, { b: '1', o: '2', t: '3', class: c }],
        [`${c}/missing`, { b: '1', t: '1', class: c }],
        [`${c}/outdated`, { b: '1', o: '1', t: '3', class: c }],
      ]),
    );
    const report = compare(files);
    expect(report.drifted).toBe(0);
    expect(report.counts).toMatchObject({
      edited: 2,
      'edited+outdated': 2,
      missing: 2,
      outdated: 2,
    });
    const taken = compare(files, { ownership: { 'seeded/**': 'managed' } });
    expect(taken.drifted).toBe(4);
  });

  it('waives drift through the last day of a waiver, and says what is waived', () => {
    const waivers: Waiver[] = [
      {
        path: '.github/**',
        reason: 'Own CI',
        owner: 'a',
        expires: '2026-11-21',
      },
    ];
    const files = {
      '.github/w/ci.yml': { b: '1', o: '2', t: '3' },
      '.github/w/ok.yml': { b: '1', o: '1', t: '1' },
    };
    const at = (now: string) =>
      compare(files, { waivers, now }).files.map(f => [f.status, f.drifted]);
    expect(at('2026-11-21T23:59:59Z')).toEqual([
      ['waived', false],
      ['pristine', false],
    ]);
    expect(at('2026-11-22T00:00:00Z')).toEqual([
      ['edited+outdated', true],
      ['pristine', false],
    ]);
    expect(compare(files, { waivers }).files[0].reason).toBe(
      'edited+outdated, waived until 2026-11-21 by a: Own CI',
    );
  });

  it('leaves check waivers out of it', () => {
    const waivers: Waiver[] = [
      { check: 'a', reason: 'r', owner: 'o', expires: '2030-01-01' },
    ];
    expect(
      compare({ a: { b: '1', o: '2', t: '1' } }, { waivers }).files[0].status,
    ).toBe('edited');
  });

  it('says nothing about the newest version when it could not be read', () => {
    const report = compare(
      {
        same: { b: '1', o: '1', t: '9' },
        changed: { b: '1', o: '2', t: '2' },
        gone: { b: '1' },
      },
      { unreadable: 'Template not found' },
    );
    expect(report.template).toMatchObject({
      version: '1.0.0',
      newestVersion: null,
      reason:
        'Template not found; files are compared with version 1.0.0 as stamped only',
    });
    expect(report.files.map(f => [f.path, f.status])).toEqual([
      ['changed', 'edited'],
      ['gone', 'missing'],
      ['same', 'pristine'],
    ]);
  });

  it('obeys its laws for any three trees', () => {
    const version = fc.option(fc.constantFrom('1', '2', '3'), {
      nil: undefined,
    });
    const file = fc.record({
      b: version,
      o: version,
      t: version,
      class: fc.constantFrom<FileClass>(
        'managed',
        'merged',
        'seeded',
        'excluded',
      ),
    });
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,3})?$/), file),
        files => {
          const report = compare(files);
          const total = Object.values(report.counts).reduce((a, b) => a + b, 0);
          expect(total).toBe(report.files.length);
          expect(report.counts.conflict).toBe(0);
          for (const { path, status, drifted } of report.files) {
            const { b, o, t } = files[path];
            expect(status === 'pristine').toBe(o === b && b === t);
            expect(status === 'missing').toBe(
              o === undefined && b !== undefined && t !== undefined,
            );
            expect(drifted && o === t).toBe(false);
            expect(status.includes('edited') && o === b).toBe(false);
          }
          const updated = compare(
            Object.fromEntries(
              Object.entries(files).map(([path, f]) => [
                path,
                { ...f, o: f.t },
              ]),
            ),
          );
          expect(updated.drifted).toBe(0);
        },
      ),
    );
  });
});
