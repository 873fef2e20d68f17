import type { Facts } from '../model';
import { factsOf, NOW, scoreOf } from './__fixtures__/scoring';

type Card = ReturnType<typeof scoreOf>;

const verdictsOf = ({ checks }: Card) =>
  Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));

function permutations<T>(items: T[]): T[][] {
  return items.length < 2
    ? [items]
    : items.flatMap((item, index) =>
        permutations(items.filter((_, i) => i !== index)).map(rest => [
          item,
          ...rest,
        ]),
      );
}

describe('facts of one name in two sources', () => {
  // Tech Insights merges the facts of all checks of a run: needsA is then judged on b's n.
  const NEEDS_A = { id: 'needsA', facts: ['a'], pass: 'a.n > 2.0' };
  const NEEDS_B = { id: 'needsB', facts: ['b'], pass: 'b.n > 2.0' };
  const BOTH = { id: 'both', facts: ['a', 'b'], pass: 'a.n > b.n' };
  const expected = { needsA: 'pass', needsB: 'fail', both: 'pass' } as const;

  it.each(
    [
      [NEEDS_A],
      [NEEDS_B],
      [NEEDS_A, NEEDS_B],
      [NEEDS_A, NEEDS_B, BOTH],
    ].flatMap(set =>
      permutations(set).map(checks => [checks.map(({ id }) => id), checks]),
    ) as [string[], (typeof BOTH)[]][],
  )('give each check its own: %j', (ids, checks) => {
    for (const order of permutations(['a', 'b'])) {
      const data: Record<string, Facts[string]['data']> = {
        a: { n: 3 },
        b: { n: 1 },
      };
      const facts = factsOf(
        Object.fromEntries(order.map(source => [source, data[source]])),
      );
      expect(verdictsOf(scoreOf({ checks, facts }))).toEqual(
        Object.fromEntries(
          ids.map(id => [id, expected[id as keyof typeof expected]]),
        ),
      );
    }
  });

  it('keeps the value of another source out of what is missing', () => {
    const facts = factsOf({ b: { n: 5 } });
    expect(verdictsOf(scoreOf({ checks: [NEEDS_A, NEEDS_B], facts }))).toEqual({
      needsA: 'unknown',
      needsB: 'pass',
    });
  });
});

describe('checks without data', () => {
  const OWNER = { id: 'owner', facts: ['r1'], pass: 'r1.hasOwner' };
  const DOCS = { id: 'docs', facts: ['r2'], pass: 'r2.hasDocs' };

  it('stand in the scorecard as unknown and keep the score below 100', () => {
    // Tech Insights leaves docs out of its answer.
    const card = scoreOf({
      checks: [OWNER, DOCS],
      facts: factsOf({ r1: { hasOwner: true } }),
    });
    expect(verdictsOf(card)).toEqual({ owner: 'pass', docs: 'unknown' });
    expect(card.score).toEqual({ raw: 50, adjusted: 50, low: 50, high: 100 });
    expect(card.coverage).toBe(0.5);
    expect(card.level).toBeNull();
  });

  it('are all unknown for an entity that nothing is known of', () => {
    // Tech Insights answers with an empty list, Tech Insights Maturity with its highest rank.
    const card = scoreOf({ checks: [OWNER, DOCS], facts: {} });
    expect(verdictsOf(card)).toEqual({ owner: 'unknown', docs: 'unknown' });
    expect(card).toMatchObject({
      level: null,
      coverage: 0,
      score: { low: 0, high: 100 },
    });
  });

  it('do not pass by being compared with what is absent', () => {
    const checks = [
      { id: 'few', facts: ['r1'], pass: 'r1.vulnerabilities < 10.0' },
      { id: 'not', facts: ['r1'], pass: "r1.lifecycle != 'deprecated'" },
    ];
    const none: Facts[string]['data'] = {};
    for (const r1 of [none, { vulnerabilities: null, lifecycle: null }]) {
      expect(verdictsOf(scoreOf({ checks, facts: factsOf({ r1 }) }))).toEqual({
        few: 'unknown',
        not: 'unknown',
      });
    }
  });
});

describe('broken rules', () => {
  const GOOD = { id: 'good', facts: ['r1'], pass: 'r1.hasOwner' };
  const facts = factsOf({ r1: { hasOwner: true } });

  it.each([
    ['names a fact that is not defined', 'nothing.here'],
    ['uses an operator that does not exist', 'r1.hasOwner === true'],
    ['calls a function that does not exist', 'r1.isGood()'],
    ['breaks on the value', 'r1.hasOwner + 1 > 2'],
    ['gives no verdict', "'text'"],
  ])('are errors, and spoil no other: one that %s', (_, pass) => {
    // Tech Insights throws, and gives no result at all.
    const card = scoreOf({
      checks: [{ id: 'bad', facts: ['r1'], pass }, GOOD],
      facts,
    });
    expect(verdictsOf(card)).toEqual({ bad: 'error', good: 'pass' });
    expect(card.score).toMatchObject({ low: 50, high: 100 });
    expect(card.level).toBeNull();
  });
});

describe('applicability', () => {
  const CHECK = {
    id: 'owned',
    facts: ['catalog', 'r1'],
    when: "catalog.lifecycle == 'production'",
    pass: 'r1.hasOwner',
  };
  const verdictWith = (catalog?: Facts[string]['data']) =>
    scoreOf({
      checks: [CHECK],
      facts: factsOf({ r1: { hasOwner: false }, ...(catalog && { catalog }) }),
    }).checks[0];

  it('that cannot be decided leaves the check unknown, not failed', () => {
    // Tech Insights runs the check on all entities while the catalog does not answer.
    expect(verdictWith()).toMatchObject({
      verdict: 'unknown',
      message: 'Not known: catalog has not been collected',
      evidence: [{ fact: 'catalog', absent: 'source' }],
    });
    expect(verdictWith({}).verdict).toBe('unknown');
  });

  it('that is decided counts', () => {
    expect(verdictWith({ lifecycle: 'experimental' }).verdict).toBe(
      'not-applicable',
    );
    expect(verdictWith({ lifecycle: 'production' }).verdict).toBe('fail');
  });
});

describe('exemptions', () => {
  const checks = [
    { id: 'A', pass: 'true' },
    { id: 'B', pass: 'false' },
    { id: 'C', pass: 'false', level: 'silver' },
  ];
  const waiver = {
    check: 'B',
    reason: 'r',
    owner: 'group:default/shop',
    expires: '2026-12-21',
  };
  const scoreAt = (now: Date) =>
    scoreOf({ checks, facts: {}, waivers: [waiver], now });

  it('show both what is and what is left when they are taken out', () => {
    // Of one pass, one waived failure and one failure OpenSSF Scorecard makes 33 %, Cortex 50 %, Soundcheck 67 %.
    const { score, level } = scoreAt(NOW);
    expect(score.raw).toBeCloseTo(100 / 3);
    expect(score.adjusted).toBe(50);
    expect(score.low).toBe(score.raw);
    expect(level).toBe('bronze');
  });

  it('end by themselves', () => {
    const after = scoreAt(new Date('2026-12-22T00:00:00Z'));
    expect(verdictsOf(after)).toEqual({ A: 'pass', B: 'fail', C: 'fail' });
    expect(after.score.adjusted).toBe(after.score.raw);
    expect(after.level).toBeNull();
  });
});

describe('a fact that expired', () => {
  it('is stale whatever it says, and holds its level back', () => {
    // Tech Insights and Red Hat's scorecard take the newest row however old it is.
    const card = scoreOf({
      checks: [{ id: 'A', facts: ['r1'], pass: 'r1.hasOwner' }],
      facts: {
        r1: {
          observedAt: '2026-01-01T00:00:00Z',
          expiresAt: '2026-01-02T00:00:00Z',
          data: { hasOwner: true },
        },
      },
    });
    expect(card.checks[0].verdict).toBe('stale');
    expect(card).toMatchObject({ level: null, score: { low: 0, high: 100 } });
  });
});
