import fc from 'fast-check';
import type { Check, Facts } from '../model';
import { compilePath, scorePath } from '../score';
import { factsOf, NOW, pathOf } from '../score/__fixtures__/scoring';
import { explainChange, type ScoreState } from './explainChange';

type Rule = Partial<Check> & { pass: string };

const rule = (id: string, extra: Partial<Rule> = {}): Rule => ({
  id,
  pass: `repository.${id.toLowerCase()}`,
  ...extra,
});

function state(
  checks: Rule[],
  facts: Facts,
  options: { waived?: string[]; now?: Date; unknown?: string } = {},
): ScoreState {
  const { waived = [], now = NOW, unknown = 'interval' } = options;
  const path = pathOf(checks, { scoring: { unknown } });
  const scorecard = scorePath({
    path: compilePath(path),
    entityRef: 'component:default/shop',
    facts,
    waivers: waived.map(check => ({
      check,
      reason: 'r',
      owner: 'o',
      expires: '2027-01-01',
    })),
    now,
  });
  return { path, scorecard };
}

const repository = (data: Facts[string]['data']) =>
  factsOf({ repository: data });
const causes = (before: ScoreState, after: ScoreState) =>
  explainChange({ before, after })!.parts.map(part => [
    part.cause,
    part.checks.map(check => check.id).join(),
    part.raw,
  ]);

const both = [rule('A'), rule('B')];
const good = repository({ a: true, b: true });

it('says nothing without a score before, and names no part when nothing changed', () => {
  const after = state(both, good);
  expect(explainChange({ before: undefined, after })).toBeUndefined();
  expect(explainChange({ before: after, after })).toEqual({
    raw: { from: 100, to: 100 },
    adjusted: { from: 100, to: 100 },
    level: { from: 'bronze', to: 'bronze' },
    parts: [],
  });
});

it('finds the service at fault for a fact that changed', () => {
  const after = state(both, repository({ a: true, b: false }));
  expect(explainChange({ before: state(both, good), after })).toEqual({
    raw: { from: 100, to: 50 },
    adjusted: { from: 100, to: 50 },
    level: { from: 'bronze', to: null },
    parts: [
      {
        cause: 'service',
        raw: -50,
        adjusted: -50,
        checks: [{ id: 'B', from: 'pass', to: 'fail' }],
      },
    ],
  });
});

it.each<[string, Rule[]]>([
  ['weight', [rule('A', { weight: 3 }), rule('B')]],
  ['expression', [rule('A', { pass: '!repository.a' }), rule('B')]],
  ['condition', [rule('A', { when: '!repository.a' }), rule('B')]],
  ['level', [rule('A', { level: 'silver' }), rule('B')]],
  ['stage', [rule('A', { rollout: { stage: 'warn' } }), rule('B')]],
  ['removal', [rule('B')]],
  ['addition', [...both, rule('C', { pass: 'repository.a' })]],
])('takes another %s for the standard', (_, checks) => {
  const facts = repository({ a: true, b: false });
  const found = causes(state(both, facts), state(checks, facts));
  expect(found).toEqual([
    ['standard', expect.stringMatching(/^[AC]$/), expect.any(Number)],
  ]);
});

it('takes a rollout date that passed for the standard', () => {
  const checks = [
    rule('A', { rollout: { stage: 'warn', enforceFrom: '2026-11-22' } }),
    rule('B'),
  ];
  const facts = repository({ a: false, b: true });
  const later = new Date('2026-11-23T00:00:00Z');
  expect(
    causes(state(checks, facts), state(checks, facts, { now: later })),
  ).toEqual([['standard', 'A', -50]]);
});

it('tells a collector that lost its fact from a service without a field', () => {
  const lost = state(both, {});
  // What the scoring writes for a source without a fact and for a gap in one
  for (const check of lost.scorecard.checks) {
    check.evidence = [{ fact: 'repository', absent: 'source' }];
  }
  expect(causes(state(both, good), lost)).toEqual([['collector', 'A,B', -100]]);
  const field = state(both, repository({ a: true }));
  field.scorecard.checks[1].evidence = [
    { fact: 'repository.b', absent: 'field' },
  ];
  expect(causes(state(both, good), field)).toEqual([['service', 'B', -50]]);
});

it('takes a fact that expired for the collector', () => {
  const facts = repository({ a: true, b: true });
  facts.repository.expiresAt = '2026-11-22T00:00:00Z';
  const later = new Date('2026-11-23T00:00:00Z');
  expect(
    causes(state(both, facts), state(both, facts, { now: later })),
  ).toEqual([['collector', 'A,B', -100]]);
});

it('sees what a waiver does to the adjusted score alone', () => {
  const facts = repository({ a: true, b: false });
  const before = state(both, facts);
  const after = state(both, facts, { waived: ['B'] });
  expect(explainChange({ before, after })!.parts).toEqual([
    {
      cause: 'waiver',
      raw: 0,
      adjusted: 50,
      checks: [{ id: 'B', from: 'fail', to: 'waived' }],
    },
  ]);
  expect(causes(after, before)).toEqual([['waiver', 'B', 0]]);
});

it('gives what a service did under a waiver to the service', () => {
  const before = state(both, repository({ a: true, b: false }), {
    waived: ['B'],
  });
  expect(causes(before, state(both, good))).toEqual([['service', 'B', 50]]);
});

it('applies the standard first, then what happened under it', () => {
  const before = state(both, good);
  const after = state(
    [rule('A'), rule('B', { weight: 3 }), rule('C')],
    repository({ a: false, b: true, c: false }),
  );
  expect(causes(before, after)).toEqual([
    ['standard', 'B,C', -20],
    ['service', 'A', -20],
  ]);
});

it('takes a removed check, and another policy for what is unknown, out of the later steps', () => {
  const three = [...both, rule('C')];
  const rounded = (before: ScoreState, after: ScoreState) =>
    causes(before, after).map(([cause, ids, raw]) => [
      ...[cause, ids, Math.round(Number(raw) * 100) / 100],
    ]);
  expect(
    rounded(
      state(three, repository({ a: true, b: true, c: false })),
      state(both, repository({ a: true, b: false })),
    ),
  ).toEqual([
    ['standard', 'C', 33.33],
    ['service', 'B', -50],
  ]);
  expect(
    rounded(
      state(three, repository({ a: true, c: true })),
      state(three, repository({ a: true, c: false }), { unknown: 'exclude' }),
    ),
  ).toEqual([
    ['standard', '', 33.33],
    ['service', 'C', -50],
  ]);
});

it('counts no points when one of the ends has no score', () => {
  const none = state([rule('A', { when: 'false' })], good);
  expect(causes(none, state([rule('A')], good))).toEqual([
    ['standard', 'A', 0],
  ]);
});

const EXPRESSIONS = [
  'repository.a',
  'repository.b',
  'catalog.a',
  'catalog.b / 2.0',
];
const value = fc.constantFrom(true, false, 0.5, null, 'text');
const data = fc.record({ a: value, b: value }, { requiredKeys: [] });
const scoreState = fc
  .record({
    checks: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
        pass: fc.constantFrom(...EXPRESSIONS),
        when: fc.constantFrom(undefined, 'repository.a', 'catalog.b == 0.5'),
        weight: fc.constantFrom(1, 2.5, 7),
        level: fc.constantFrom('bronze', 'silver'),
        rollout: fc.constantFrom<Check['rollout']>(
          { stage: 'enforce' },
          { stage: 'warn' },
        ),
        facts: fc.constant<string[]>(['repository', 'catalog']),
      }),
      { minLength: 1, selector: check => check.id },
    ),
    facts: fc.record({ repository: data, catalog: data }, { requiredKeys: [] }),
    waived: fc.subarray(['A', 'B', 'C', 'D', 'E']),
    expired: fc.boolean(),
    unknown: fc.constantFrom('interval', 'exclude', 'fail'),
  })
  .map(({ checks, facts, waived, expired, unknown }) => {
    const all = factsOf(facts as Record<string, Facts[string]['data']>);
    if (expired && all.catalog) {
      all.catalog.expiresAt = '2026-11-02T00:00:00Z';
    }
    return state(checks, all, { waived, unknown });
  });

it('adds up to the whole change, with each changed check in one part', () => {
  fc.assert(
    fc.property(scoreState, scoreState, (before, after) => {
      const change = explainChange({ before, after })!;
      for (const kind of ['raw', 'adjusted'] as const) {
        const { from, to } = change[kind];
        const sum = change.parts.reduce((total, part) => total + part[kind], 0);
        const whole = from === null || to === null ? 0 : to - from;
        expect(Math.abs(sum - whole)).toBeLessThan(1e-9);
      }
      const named = change.parts.flatMap(part => part.checks.map(c => c.id));
      expect(new Set(named).size).toBe(named.length);
      const differs = ['A', 'B', 'C', 'D', 'E'].filter(id => {
        const [x, y] = [before, after].map(({ scorecard }) => {
          const check = scorecard.checks.find(c => c.id === id);
          return (
            check && [
              check.verdict,
              check.credit,
              check.weight,
              check.level,
              check.stage,
            ]
          );
        });
        return JSON.stringify(x) !== JSON.stringify(y);
      });
      expect([...named].sort()).toEqual(differs);
    }),
  );
});

it('works each step out from the score after the one before', () => {
  fc.assert(
    fc.property(scoreState, scoreState, (before, after) => {
      fc.pre(before.path.spec.scoring.unknown !== 'exclude');
      fc.pre(after.path.spec.scoring.unknown !== 'exclude');
      const { parts } = explainChange({ before, after })!;
      // A service that was not touched gets no points
      const waiver = parts.find(part => part.cause === 'waiver');
      expect(Math.abs(waiver?.raw ?? 0)).toBeLessThan(1e-9);
    }),
  );
});
