import fc from 'fast-check';
import type { Facts, Scorecard } from '../model';
import { factsOf, scoreOf } from './__fixtures__/scoring';

const EXPRESSIONS = [
  'repository.a',
  'repository.b > 0.5',
  'repository.b',
  'repository.l.all(e, e.ok)',
  '!repository.l.exists(e, e.ok)',
  'has(repository.a) || catalog.a',
  'repository.b / 2.0',
  'catalog.a && repository.a',
  'catalog.missing',
  '1 / 0 > 1',
  'repository.l.size() > 1',
];

const rollouts = fc.constantFrom(
  { stage: 'enforce' as const },
  { stage: 'enforce' as const },
  { stage: 'warn' as const },
  { stage: 'shadow' as const },
  { stage: 'warn' as const, enforceFrom: '2026-01-01' },
);

const checks = fc
  .array(
    fc.record({
      pass: fc.constantFrom(...EXPRESSIONS),
      when: fc.option(fc.constantFrom(...EXPRESSIONS), { nil: undefined }),
      level: fc.constantFrom('bronze', 'silver', 'gold'),
      weight: fc.double({ min: 0.1, max: 100, noNaN: true }),
      rollout: rollouts,
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(list =>
    list.map((check, index) => ({
      ...check,
      id: `C${index}`,
      facts: ['repository', 'catalog'],
    })),
  );

const value = fc.oneof(
  fc.boolean(),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(null, 'text', 3),
);
const data = fc.record(
  {
    a: value,
    b: value,
    l: fc.array(fc.record({ ok: value }, { requiredKeys: [] }), {
      maxLength: 4,
    }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Facts[string]['data']>;
const facts = fc
  .record({ repository: data, catalog: data }, { requiredKeys: [] })
  .chain(all =>
    fc.boolean().map(expired => {
      const result = factsOf(all as Record<string, Facts[string]['data']>);
      if (expired && result.catalog) {
        result.catalog.expiresAt = '2026-11-02T00:00:00Z';
      }
      return result;
    }),
  );
const policy = fc.constantFrom('interval', 'exclude', 'fail');

const waiverOf = (check: string) => ({
  check,
  reason: 'r',
  owner: 'o',
  expires: '2027-01-01',
});

const sorted = (card: Scorecard) => ({
  ...card,
  checks: [...card.checks].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

const spec = (unknown: string) => ({ scoring: { unknown } });

it('does not depend on the order of checks or facts', () => {
  fc.assert(
    fc.property(
      checks,
      facts,
      policy,
      fc.infiniteStream(fc.nat()),
      (list, all, unknown, keys) => {
        const shuffled = list
          .map(check => ({ check, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ check }) => check);
        const reversed = Object.fromEntries(Object.entries(all).reverse());
        expect(
          sorted(
            scoreOf({ checks: shuffled, facts: reversed, spec: spec(unknown) }),
          ),
        ).toEqual(
          sorted(scoreOf({ checks: list, facts: all, spec: spec(unknown) })),
        );
      },
    ),
  );
});

it('gives each check the verdict it has alone, whatever stands beside it', () => {
  fc.assert(
    fc.property(
      checks,
      facts,
      fc.constantFrom(
        '1 / 0 > 1',
        'nonsense(',
        'absent.a',
        '"text"',
        'repository.l.all(x, repository.l.all(y, x))',
      ),
      (list, all, broken) => {
        const together = scoreOf({
          checks: [{ id: 'BROKEN', pass: broken }, ...list],
          facts: all,
        }).checks.slice(1);
        const alone = list.map(
          check => scoreOf({ checks: [check], facts: all }).checks[0],
        );
        expect(together).toEqual(alone);
      },
    ),
  );
});

it('keeps all numbers in their bounds and order', () => {
  fc.assert(
    fc.property(checks, facts, policy, (list, all, unknown) => {
      const {
        score,
        coverage,
        checks: results,
      } = scoreOf({
        checks: list,
        facts: all,
        spec: spec(unknown),
      });
      for (const result of results) {
        expect(result.verdict === 'pass').toBe(result.credit === 1);
      }
      const { raw, adjusted, low, high } = score;
      expect(low).toBe(raw);
      const ordered = [0, low ?? 0, raw ?? 0, high ?? 0, 100];
      expect([...ordered].sort((x, y) => x - y)).toEqual(ordered);
      expect(adjusted ?? 0).toBeGreaterThanOrEqual(0);
      expect(adjusted ?? 0).toBeLessThanOrEqual(100);
      expect(coverage ?? 0).toBeGreaterThanOrEqual(0);
      expect(coverage ?? 0).toBeLessThanOrEqual(1);
      expect(coverage !== 1 || high === low).toBe(true);
      expect(raw !== null || [adjusted, low, high].join('') === '').toBe(true);
    }),
  );
});

it('never worsens a level, a raw score or an adjusted score by waiving what earns nothing', () => {
  fc.assert(
    fc.property(checks, facts, fc.nat(), policy, (list, all, pick, unknown) => {
      const before = scoreOf({ checks: list, facts: all, spec: spec(unknown) });
      const chosen = before.checks[pick % before.checks.length];
      fc.pre(chosen.credit === 0);
      const after = scoreOf({
        checks: list,
        facts: all,
        spec: spec(unknown),
        waivers: [waiverOf(chosen.id)],
      });
      const rank = (card: Scorecard) => card.levels.indexOf(card.level ?? '');
      expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
      expect(after.score.raw).toBe(before.score.raw);
      expect(after.score.high).toBe(before.score.high);
      const [worse, better] = [before.score.adjusted, after.score.adjusted];
      expect(worse === null || better === null || better >= worse).toBe(true);
    }),
  );
});

it('claims no level on what is not known', () => {
  fc.assert(
    fc.property(checks, list => {
      expect(scoreOf({ checks: list, facts: {} }).level).toBeNull();
    }),
  );
});
