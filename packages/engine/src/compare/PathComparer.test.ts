import { type Check, pathComparisonSchema, type Verdict } from '../model';
import { pathOf } from '../score/__fixtures__/scoring';
import { formatPathComparison } from './formatPathComparison';
import { PathComparer, type ComparedSide } from './PathComparer';

const path = (ids: string[], spec: object = {}) =>
  pathOf(
    ids.map((id): Partial<Check> & { pass: string } => ({
      id,
      title: `Title | of ${id}`,
      pass: 'true',
    })),
    spec,
  );

const side = (
  level: string | null,
  verdicts: Record<string, Verdict> = {},
  raw = 50,
): ComparedSide => ({
  level,
  score: { raw, adjusted: raw, low: raw, high: raw },
  verdicts: new Map(Object.entries(verdicts)),
});

const comparedAt = new Date('2026-11-21T12:00:00Z');
const comparer = (before = path(['A']), after = path(['A'])) =>
  new PathComparer({ before, after, comparedAt });

const entity = (name: string, owner: string | null = 'group:default/one') => ({
  entityRef: `component:default/${name}`,
  owner,
});

describe('PathComparer', () => {
  it('tells who falls, rises, shifts, stays, comes and goes', () => {
    const compare = comparer();
    const good = side('gold', { A: 'pass' });
    compare.add({ ...entity('same'), before: good, after: good });
    compare.add({
      ...entity('rise', 'group:default/two'),
      before: side(null),
      after: good,
    });
    compare.add({
      ...entity('fall'),
      before: side('gold', { A: 'pass' }),
      after: side('bronze', { A: 'fail' }),
    });
    compare.add({
      ...entity('shift'),
      before: side('gold', { A: 'pass' }),
      after: side('gold', { A: 'waived' }),
    });
    compare.add({ ...entity('comes', null), before: null, after: good });
    compare.add({ ...entity('goes', null), before: good, after: null });
    compare.add({ ...entity('neither'), before: null, after: null });
    const result = pathComparisonSchema.strict().parse(compare.result());
    expect(result.total).toEqual({
      entities: 6,
      ...{ rise: 1, fall: 1, shift: 1, same: 1, covered: 1, uncovered: 1 },
    });
    expect(result.entities.map(e => e.entityRef.split('/')[1])).toEqual([
      'fall',
      'goes',
      'rise',
      'comes',
      'shift',
    ]);
    expect(result.entities[0].checks).toEqual([
      { id: 'A', from: 'pass', to: 'fail' },
    ]);
    expect(
      result.owners.map(o => [o.owner, o.entities, o.fall, o.rise]),
    ).toEqual([
      ['group:default/one', 3, 1, 0],
      ['group:default/two', 1, 0, 1],
      [null, 2, 0, 0],
    ]);
    expect(result.replay).toBeUndefined();
  });

  it('counts verdicts by check, with null for a check one version lacks', () => {
    const compare = comparer(path(['A', 'OLD']), path(['A', 'NEW']));
    compare.add({
      ...entity('one'),
      before: side('gold', { A: 'pass', OLD: 'fail' }),
      after: side('gold', { A: 'fail', NEW: 'pass' }),
    });
    compare.add({
      ...entity('two'),
      before: side('gold', { A: 'pass', OLD: 'fail' }),
      after: side('gold', { A: 'pass', NEW: 'unknown' }),
    });
    const { checks, total } = compare.result();
    expect(total).toMatchObject({ shift: 1, same: 1 });
    expect(checks).toEqual([
      {
        ...{ id: 'NEW', title: 'Title | of NEW', before: null, flips: 2 },
        after: { pass: 1, unknown: 1 },
      },
      {
        ...{ id: 'OLD', title: 'Title | of OLD', after: null, flips: 2 },
        before: { fail: 2 },
      },
      {
        ...{ id: 'A', title: 'Title | of A', flips: 1 },
        before: { pass: 2 },
        after: { pass: 1, fail: 1 },
      },
    ]);
  });

  it('compares levels by name where the ladder changed', () => {
    const older = path(['A'], { levels: ['bronze', 'silver'] });
    const newer = path(['A'], { levels: ['basic', 'bronze', 'gold'] });
    // Checks of the helper are all on bronze
    const move = (from: string | null, to: string | null) => {
      const compare = comparer(older, newer);
      compare.add({ ...entity('a'), before: side(from), after: side(to) });
      const { rise, fall } = compare.result().total;
      return rise - fall;
    };
    expect(move('bronze', 'bronze')).toBe(0);
    expect(move('silver', 'bronze')).toBe(0);
    expect(move('silver', 'basic')).toBe(-1);
    expect(move(null, 'basic')).toBe(1);
  });

  it('keeps at most 1,000 entities, those that fall among them, and counts all', () => {
    const compare = comparer();
    for (let i = 0; i < 1_200; i++) {
      const name = String(i).padStart(4, '0');
      compare.add({
        ...entity(`rise-${name}`),
        before: side('bronze'),
        after: side('gold'),
      });
      if (i >= 1_190) {
        compare.add({
          ...entity(`fall-${name}`),
          before: side('gold'),
          after: side(null),
        });
      }
    }
    const { entities, total } = compare.result();
    expect(entities).toHaveLength(1_000);
    expect(entities.filter(e => e.after?.level === null)).toHaveLength(10);
    expect(total).toMatchObject({ rise: 1_200, fall: 10 });
  });

  it('replays days and counts what flaps', () => {
    const compare = comparer();
    const verdicts: Verdict[] = ['pass', 'fail', 'fail', 'pass'];
    verdicts.forEach((verdict, index) => {
      compare.addDay({
        day: `2026-11-0${index + 1}`,
        entityRef: 'component:default/a',
        before: side('gold', { A: 'pass' }),
        after: side(verdict === 'pass' ? 'gold' : null, { A: verdict }),
      });
    });
    compare.addDay({
      day: '2026-11-02',
      entityRef: 'component:default/b',
      before: null,
      after: side('gold', { A: 'pass' }),
    });
    const result = pathComparisonSchema.parse(compare.result());
    expect(result.replay).toMatchObject({
      from: '2026-11-01',
      to: '2026-11-04',
      entities: 2,
      flaps: [{ id: 'A', before: 0, after: 2 }],
    });
    expect(result.replay?.days[1]).toEqual({
      day: '2026-11-02',
      entities: 2,
      before: { gold: 1 },
      after: { none: 1, gold: 1 },
    });
  });
});

describe('formatPathComparison', () => {
  it('lists who falls and who rises, by owner and by check, with the days and what flaps', () => {
    const compare = comparer();
    compare.add({
      ...entity('fallen'),
      before: side('gold', { A: 'pass' }, 100),
      after: side(null, { A: 'fail' }, 33.333),
    });
    compare.add({
      ...entity('risen', 'group:default/two'),
      before: side(null, { A: 'fail' }),
      after: side('gold', { A: 'pass' }),
    });
    compare.add({ ...entity('gone'), before: side('gold'), after: null });
    for (const [day, verdict] of [
      ['2026-11-01', 'pass'],
      ['2026-11-02', 'fail'],
    ] as const) {
      compare.addDay({
        ...{ day, entityRef: 'component:default/fallen' },
        before: side('gold', { A: 'pass' }),
        after: side('gold', { A: verdict }),
      });
    }
    const text = formatPathComparison(compare.result());
    expect(text).toContain('Of 3 entities 1 fall a level, 1 rise');
    expect(text).toContain(
      '| component:default/fallen | group:default/one | gold → none | 100 → 33.3 | A pass → fail |',
    );
    const [, fall, gone, rise] = text.split('\n### ');
    expect(fall).toContain('fallen');
    expect(gone).toContain('gone | group:default/one | gold → not covered');
    expect(rise).toContain('risen');
    expect(text).toContain('| group:default/two | 1 | 0 | 1 | 0 | 0 | 0 |');
    expect(text).toContain('| A | Title \\| of A |');
    expect(text).toContain('| 2026-11-02 | 1 | gold 1 | gold 1 |');
    expect(text).toContain('| A | 0 | 1 |');
  });
});
