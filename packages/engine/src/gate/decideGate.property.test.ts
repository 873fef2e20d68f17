import fc from 'fast-check';
import {
  check,
  dependency,
  FULL_POLICY,
  goodFacts,
  NOW,
  objective,
  policy,
  request,
} from './__fixtures__/gate';
import { decideGate } from './decideGate';
import type { GateFacts } from './gateFacts';
import { strictness } from './verdicts';

const remaining = fc.double({ min: -2, max: 1, noNaN: true });
const page = fc.constantFrom('quiet', 'firing', 'no-traffic', 'unknown');
const objectives = fc.array(
  fc
    .record({
      name: fc.string({ minLength: 1, maxLength: 5 }),
      remaining: fc.option(remaining),
      page,
      measuredAt: fc.constantFrom(
        '2026-03-11T11:00:00Z',
        '2026-03-01T11:00:00Z',
      ),
    })
    .map(objective),
  { maxLength: 3 },
);
const checks = fc.array(
  fc
    .record({
      id: fc.constantFrom('A', 'B', 'C', 'D'),
      level: fc.constantFrom('bronze', 'silver', 'gold'),
      verdict: fc.constantFrom('pass', 'fail', 'unknown', 'waived') as any,
    })
    .map(({ id, ...rest }) => check(id, rest as object)),
  { minLength: 1, maxLength: 4 },
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });

const facts: fc.Arbitrary<GateFacts> = fc.record({
  errorBudget: optional(
    objectives.map(list => ({
      status: 'ok' as const,
      objectives: list,
      evidence: [],
    })),
  ),
  incidents: optional(
    fc.record({
      status: fc.constantFrom('ok' as const, 'not-instrumented' as const),
      open: fc.array(
        fc.record({ id: fc.string({ minLength: 1 }), seconds: fc.nat() }),
        { maxLength: 2 },
      ),
    }),
  ),
  scorecards: optional(
    fc
      .record({
        level: fc.constantFrom(null, 'bronze', 'silver', 'gold'),
        checks,
      })
      .map(card => [{ ...goodFacts().scorecards![0], ...card }]),
  ),
  drift: optional(fc.nat(3).map(total => ({ ...goodFacts().drift!, total }))),
  lastDeployment: fc.constantFrom(
    undefined,
    null,
    { id: 'd', at: '2026-03-11T11:00:00Z' },
    { id: 'd', at: '2026-03-01T11:00:00Z' },
  ),
  tier: optional(fc.integer({ min: 1, max: 4 })),
  dependencies: optional(
    fc.array(
      remaining.map(left => dependency({ remaining: left })),
      { maxLength: 2 },
    ),
  ),
});

/** Every rule, at its mildest. */
const MILD_POLICY = policy({
  ...FULL_POLICY,
  errorBudget: { fastBurn: 'warn', blockAtOrBelow: -10 },
  incidents: { verdict: 'warn' },
  checks: { verdict: 'warn' },
  unknown: 'block',
});

const decide = (
  known: GateFacts,
  change: object = {},
  asked: typeof FULL_POLICY = FULL_POLICY,
) =>
  decideGate({
    policy: asked,
    request: request(change),
    facts: known,
    now: NOW,
  });

/** Something bad that becomes known beside what is known. */
const worse = fc.constantFrom<(known: GateFacts) => GateFacts>(
  known => ({
    ...known,
    incidents: known.incidents && {
      ...known.incidents,
      open: [...known.incidents.open, { id: 'NEW', seconds: 1 }],
    },
  }),
  known => ({
    ...known,
    errorBudget: known.errorBudget?.objectives.length
      ? {
          ...known.errorBudget,
          objectives: [
            ...known.errorBudget.objectives,
            objective({ name: 'new', remaining: -0.5 }),
          ],
        }
      : known.errorBudget,
  }),
  known => ({
    ...known,
    errorBudget: known.errorBudget && {
      ...known.errorBudget,
      objectives: known.errorBudget.objectives.map(one => ({
        ...one,
        remaining: one.remaining === null ? null : one.remaining - 0.4,
      })),
    },
  }),
  known => ({
    ...known,
    scorecards: known.scorecards?.map(card => ({
      ...card,
      checks: [...card.checks, check('NEW', { verdict: 'fail' as any })],
    })),
  }),
  known => ({
    ...known,
    dependencies: known.dependencies?.map(one => ({
      ...one,
      remaining: one.remaining! - 1,
    })),
  }),
  known => ({
    ...known,
    drift: known.drift && { ...known.drift, total: known.drift.total + 1 },
  }),
);

it('never grows milder when something bad becomes known', () => {
  fc.assert(
    fc.property(facts, worse, fc.boolean(), (known, add, isMild) => {
      const asked = isMild ? MILD_POLICY : FULL_POLICY;
      const before = decide(known, {}, asked);
      const after = decide(add(known), {}, asked);
      expect(strictness(after.verdict)).toBeGreaterThanOrEqual(
        strictness(before.verdict),
      );
      expect(after.proceed && !before.proceed).toBe(false);
    }),
  );
});

it('never grows stricter by leaving a rule out', () => {
  fc.assert(
    fc.property(
      facts,
      fc.constantFrom('errorBudget', 'incidents', 'checks', 'level', 'drift'),
      (known, rule) => {
        const { [rule]: _left, ...rest } = FULL_POLICY as any;
        const without = decideGate({
          ...{ policy: rest, request: request(), facts: known, now: NOW },
        });
        expect(strictness(without.verdict)).toBeLessThanOrEqual(
          strictness(decide(known).verdict),
        );
      },
    ),
  );
});

it('always lets a rollback proceed, and shows what the rules say', () => {
  fc.assert(
    fc.property(facts, known => {
      const rollback = decide(known, { kind: 'rollback' });
      expect(rollback.proceed).toBe(true);
      expect(rollback.exemption).toBe('rollback');
      expect(rollback.rules).toEqual(decide(known).rules);
    }),
  );
});

it('does not depend on the order of facts', () => {
  const turned = <T>(list: T[] | undefined) => list && [...list].reverse();
  fc.assert(
    fc.property(facts, known => {
      expect(
        decide({
          ...known,
          ...(known.errorBudget && {
            errorBudget: {
              ...known.errorBudget,
              objectives: turned(known.errorBudget.objectives)!,
            },
          }),
          ...(known.incidents && {
            incidents: {
              ...known.incidents,
              open: turned(known.incidents.open)!,
            },
          }),
          ...(known.scorecards && {
            scorecards: known.scorecards.map(card => ({
              ...card,
              checks: turned(card.checks)!,
            })),
          }),
          dependencies: turned(known.dependencies),
        }),
      ).toEqual(decide(known));
    }),
  );
});

it('gives a verdict that its rules bear out, and a reason with every one', () => {
  fc.assert(
    fc.property(facts, known => {
      const { verdict, rules, summary } = decide(known);
      expect(rules[0].verdict).toBe(verdict);
      expect(summary).not.toMatch(/undefined|NaN/);
      for (const rule of rules) {
        expect(`${rule.reason}${rule.wayOut}`).not.toMatch(/NaN|Invalid/);
        expect(rule.verdict === 'allow' || rule.wayOut !== undefined).toBe(
          true,
        );
      }
    }),
  );
});
