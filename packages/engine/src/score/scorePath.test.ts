import { scorecardSchema, type Facts } from '../model';
import { compilePath } from './compile';
import { scorePath } from './scorePath';
import { factsOf, NOW, pathOf, scoreOf } from './__fixtures__/scoring';

const waiver = {
  check: 'CHECK-1',
  reason: 'Vendor is late',
  owner: 'group:default/shop',
  expires: '2026-12-31',
};

describe('waivers', () => {
  const scoreWith = (a: Facts[string]['data'][string], waivers = [waiver]) =>
    scoreOf({
      checks: [
        { pass: 'repository.a' },
        { id: 'B', pass: 'true' },
        { id: 'C', pass: 'false', level: 'silver' },
      ],
      facts: factsOf({ repository: { a } }),
      waivers,
    });

  it('take the place of a failure and hold no level back', () => {
    const card = scoreWith(false);
    expect(card.checks[0]).toMatchObject({
      verdict: 'waived',
      credit: 0,
      waiver: {
        reason: 'Vendor is late',
        owner: 'group:default/shop',
        expires: '2026-12-31',
      },
      message:
        'Waived until 2026-12-31 by group:default/shop: Vendor is late. Otherwise: Not fulfilled – repository.a: false',
    });
    expect(card.level).toBe('bronze');
    // raw 1 of 3, adjusted 1 of 2
    expect(card.score.raw).toBeCloseTo(100 / 3);
    expect(card.score.adjusted).toBe(50);
  });

  it('keep the credit that is earned', () => {
    expect(scoreWith(0.25).checks[0]).toMatchObject({
      verdict: 'waived',
      credit: 0.25,
    });
  });

  it('take the place of unknown and error, which stay in the interval', () => {
    for (const value of [null, 'text']) {
      const card = scoreWith(value);
      expect(card.checks[0].verdict).toBe('waived');
      expect(card.score.high! - card.score.low!).toBeCloseTo(100 / 3);
      expect(card.coverage).toBeCloseTo(2 / 3);
    }
  });

  it('leave alone what passes', () => {
    const card = scoreWith(true);
    expect(card.checks[0].verdict).toBe('pass');
    expect(card.checks[0].waiver).toBeUndefined();
  });

  it('end with the day they expire', () => {
    const card = scoreWith(false, [{ ...waiver, expires: '2026-11-20' }]);
    expect(card.checks[0].verdict).toBe('fail');
  });
});

describe('rollout', () => {
  const rollout = { stage: 'warn' as const, enforceFrom: '2026-12-01' };
  const scoreAt = (now: string) =>
    scoreOf({
      checks: [
        { id: 'A', pass: 'true' },
        { id: 'B', pass: 'false', rollout },
        { id: 'C', pass: '1 / 0 > 0', rollout: { stage: 'shadow' } },
      ],
      facts: {},
      now: new Date(now),
    });

  it('counts a check from its date on, and shows its verdict before', () => {
    const before = scoreAt('2026-11-30T23:59:59Z');
    expect(before).toMatchObject({ level: 'bronze', coverage: 1 });
    expect(before.score.raw).toBe(100);
    expect(before.checks[1]).toMatchObject({
      verdict: 'fail',
      stage: 'warn',
      enforceFrom: '2026-12-01',
    });
    const after = scoreAt('2026-12-01T00:00:00Z');
    expect(after).toMatchObject({ level: null, nextLevel: 'bronze' });
    expect(after.score.raw).toBe(50);
    expect(after.checks[1].stage).toBe('enforce');
    expect(after.checks[2]).toMatchObject({
      verdict: 'error',
      stage: 'shadow',
    });
  });
});

it('gives a scorecard that its schema takes, with everything shown of a check', () => {
  const card = scorePath({
    path: compilePath(
      pathOf(
        [
          {
            pass: 'repository.l.all(e, e.ok)',
            description: 'Why',
            remediation: { text: 'Do it', fix: 'pin-actions' },
            maps: ['openssf:Pinned-Dependencies'],
            weight: 7.5,
          },
        ],
        { levels: ['one', 'bronze'] },
      ),
    ),
    entityRef: 'component:default/shop',
    facts: factsOf({ repository: { l: [{ ok: false, n: null, line: 0 }] } }),
    waivers: [waiver],
    now: NOW,
  });
  expect(scorecardSchema.parse(card)).toEqual(card);
  expect(card).toMatchObject({
    entityRef: 'component:default/shop',
    path: { name: 'service', version: '1.0.0' },
    levels: ['one', 'bronze'],
    level: 'bronze',
    evaluatedAt: '2026-11-21T12:00:00.000Z',
  });
  expect(card.checks[0]).toMatchObject({
    description: 'Why',
    remediation: { text: 'Do it', fix: 'pin-actions' },
    maps: ['openssf:Pinned-Dependencies'],
    weight: 7.5,
  });
});
