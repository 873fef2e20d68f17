import fc from 'fast-check';
import type { Facts } from '../model';
import { compilePath } from './compile';
import { judgePath } from './judgePath';
import { weighPath, type Outcome } from './weighPath';
import { factsOf, NOW, pathOf } from './__fixtures__/scoring';

const SOURCES = ['repository', 'catalog', 'forge'];
const LEVELS = ['bronze', 'silver', 'gold'];
const EXPIRED = '2026-11-02T00:00:00Z';

const EXPRESSIONS = SOURCES.flatMap(source => [
  `${source}.a`,
  `${source}.n / 2.0`,
  `${source}.l.all(e, e.ok)`,
  `has(${source}.a) || repository.a`,
  `${source}.a && catalog.n > 0.5`,
]).concat('true', '1 / 0 > 1');

const checks = fc
  .array(
    fc.record({
      pass: fc.constantFrom(...EXPRESSIONS),
      when: fc.option(fc.constantFrom(...EXPRESSIONS), { nil: undefined }),
      level: fc.constantFrom(...LEVELS),
      weight: fc.integer({ min: 1, max: 10 }),
      rollout: fc.constantFrom(
        { stage: 'enforce' as const },
        { stage: 'enforce' as const },
        { stage: 'warn' as const },
      ),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map(list =>
    list.map((check, index) => ({
      ...check,
      id: `C${index}`,
      facts: SOURCES,
    })),
  );

const value = fc.oneof(
  fc.boolean(),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(null, 'text'),
);
const fact = fc
  .record({
    data: fc.record(
      {
        a: value,
        n: value,
        l: fc.array(fc.record({ ok: value }, { requiredKeys: [] }), {
          maxLength: 3,
        }),
      },
      { requiredKeys: [] },
    ),
    isExpired: fc.boolean(),
    gaps: fc.option(fc.constantFrom({ a: 'no rights' }), { nil: undefined }),
  })
  .map(({ data, isExpired, gaps }): Facts[string] => ({
    ...factsOf({ x: data as Facts[string]['data'] }).x,
    ...(isExpired && { expiresAt: EXPIRED }),
    ...(gaps && { gaps }),
  }));
const facts = fc.record(
  { repository: fact, catalog: fact, forge: fact },
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;
const policy = fc.constantFrom('interval', 'exclude', 'fail');

const compiled = (
  list: Parameters<typeof pathOf>[0],
  unknown: string = 'interval',
) => compilePath(pathOf(list, { scoring: { unknown } }));

const waiverOf = (check: string) => ({
  check,
  reason: 'r',
  owner: 'o',
  expires: '2027-01-01',
});

const rankOf = ({ level }: Outcome) => LEVELS.indexOf(level ?? '');

it('judges after a change as it judges everything anew', () => {
  fc.assert(
    fc.property(
      checks,
      facts,
      facts,
      fc.subarray(SOURCES),
      fc.boolean(),
      (list, before, after, changed, isEarlier) => {
        const path = compiled(list);
        const earlier = new Date(isEarlier ? '2026-11-01T12:00:00Z' : NOW);
        const absences = { forge: 'no token' };
        const judged = judgePath({
          path,
          facts: before,
          absences,
          now: earlier,
        });
        const mixed: Facts = {};
        for (const source of SOURCES) {
          const from = changed.includes(source) ? after : before;
          if (from[source]) {
            mixed[source] = from[source];
          }
        }
        const options = { path, facts: mixed, absences, now: NOW };
        expect(
          judgePath({
            ...options,
            previous: { judged, changed: new Set(changed) },
          }),
        ).toEqual(judgePath(options));
      },
    ),
    { numRuns: 500 },
  );
});

it('judges a check alone as in any company and order', () => {
  fc.assert(
    fc.property(checks, facts, fc.nat(), (list, all, turn) => {
      const alone = list.map(
        check =>
          judgePath({ path: compiled([check]), facts: all, now: NOW })[0],
      );
      const first = turn % list.length;
      const order = list.map((_, index) => (index + first) % list.length);
      const together = judgePath({
        path: compiled(order.map(index => list[index])),
        facts: Object.fromEntries(Object.entries(all).reverse()),
        now: NOW,
      });
      expect(together).toEqual(order.map(index => alone[index]));
    }),
  );
});

it('keeps low below raw and raw below high, and a waiver out of raw', () => {
  fc.assert(
    fc.property(
      checks,
      facts,
      policy,
      fc.array(fc.nat(9)),
      (list, all, unknown, picks) => {
        const path = compiled(list, unknown);
        const judged = judgePath({ path, facts: all, now: NOW });
        const weigh = (waivers: ReturnType<typeof waiverOf>[]) =>
          weighPath({ path, judged, waivers, now: NOW });
        const plain = weigh([]);
        const waived = weigh(picks.map(pick => waiverOf(`C${pick}`)));
        for (const { low, raw, high } of [plain.score, waived.score]) {
          expect(low ?? 0).toBeLessThanOrEqual(raw ?? 0);
          expect(raw ?? 0).toBeLessThanOrEqual(high ?? 0);
        }
        expect(waived.score.raw).toBe(plain.score.raw);
        expect(waived.coverage).toBe(plain.coverage);
        expect(rankOf(waived)).toBeGreaterThanOrEqual(rankOf(plain));
        expect(plain.score.adjusted).toBe(plain.score.raw);
      },
    ),
  );
});

it('raises neither low nor a level for a check that is not known', () => {
  fc.assert(
    fc.property(
      checks,
      facts,
      fc.constantFrom(...LEVELS),
      fc.constantFrom('repository.nothing', '1 / 0 > 1'),
      (list, all, level, pass) => {
        const more = {
          id: 'NEW',
          facts: SOURCES,
          pass,
          level,
          weight: 3,
        };
        const weigh = (of: typeof list) => {
          const path = compiled(of);
          const judged = judgePath({ path, facts: all, now: NOW });
          return weighPath({ path, judged, waivers: [], now: NOW });
        };
        const before = weigh(list);
        const after = weigh([...list, more as (typeof list)[number]]);
        expect(after.score.low ?? 0).toBeLessThanOrEqual(before.score.low ?? 0);
        expect(rankOf(after)).toBeLessThanOrEqual(rankOf(before));
      },
    ),
  );
});

it('raises neither low nor a level when a fact goes away', () => {
  fc.assert(
    fc.property(
      checks.map(list => list.map(check => ({ ...check, when: undefined }))),
      facts,
      fc.constantFrom(...SOURCES),
      (list, all, gone) => {
        const path = compiled(list);
        const weigh = (of: Facts) =>
          weighPath({
            path,
            judged: judgePath({ path, facts: of, now: NOW }),
            waivers: [],
            now: NOW,
          });
        const { [gone]: _, ...rest } = all;
        // A fact that expired spoils checks which can do without it; gone, it does not.
        fc.pre(!_?.expiresAt);
        const [before, after] = [weigh(all), weigh(rest)];
        expect(after.score.low ?? 0).toBeLessThanOrEqual(
          (before.score.low ?? 0) + 1e-9,
        );
        expect(rankOf(after)).toBeLessThanOrEqual(rankOf(before));
      },
    ),
  );
});
