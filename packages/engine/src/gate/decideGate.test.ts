import { DEFAULT_GATE_POLICY, type GateVerdict } from '../model';
import {
  check,
  decide,
  dependency,
  FULL_POLICY,
  goodFacts,
  NOW,
  objective,
  policy,
  request,
} from './__fixtures__/gate';
import { combineJudgements, decideGate } from './decideGate';
import type { GateFacts } from './gateFacts';

const budget = (...objectives: ReturnType<typeof objective>[]) => ({
  errorBudget: { status: 'ok' as const, objectives, evidence: ['slo-1'] },
});

/** Verdict, reason and way out of the one rule that was asked. */
function only(result: ReturnType<typeof decide>) {
  expect(result.rules).toHaveLength(1);
  return result.rules[0];
}

const ruleOf = (result: ReturnType<typeof decide>, name: string) =>
  result.rules.filter(({ rule }) => rule === name);

it('allows when every rule does, and says so of each', () => {
  const result = decideGate({
    policy: FULL_POLICY,
    request: request(),
    facts: goodFacts(),
    now: NOW,
  });
  expect(result).toMatchObject({
    verdict: 'allow',
    proceed: true,
    requirements: [],
    summary: 'Allowed: component:default/pay, production',
  });
  expect(new Set(result.rules.map(({ rule }) => rule)).size).toBe(9);
  expect(result.rules.every(({ verdict }) => verdict === 'allow')).toBe(true);
});

it('says unknown, never allow, of every rule whose fact is absent, with what to do', () => {
  const result = decideGate({
    policy: FULL_POLICY,
    request: request(),
    facts: {},
    now: NOW,
  });
  expect(result.verdict).toBe('unknown');
  const asked = result.rules.filter(({ rule }) => rule !== 'freeze');
  expect(asked.map(({ rule }) => rule)).toEqual([
    'errorBudget',
    'incidents',
    'slow',
    'checks',
    'level',
    'drift',
    'dependencies',
  ]);
  for (const rule of asked) {
    expect(rule).toMatchObject({ verdict: 'unknown' });
    expect(rule.reason).toMatch(/not known/);
    expect(rule.wayOut).toMatch(/\w+/);
  }
});

describe('errorBudget', () => {
  it.each<[number, GateVerdict]>([
    [1, 'allow'],
    [0.2500001, 'allow'],
    [0.25, 'warn'],
    [0.0000001, 'warn'],
    [0, 'block'],
    [-0.3, 'block'],
  ])('with %d left says %s', (remaining, verdict) => {
    const result = decide(
      { errorBudget: {} },
      budget(objective({ remaining })),
    );
    expect(ruleOf(result, 'errorBudget')).toMatchObject([
      { verdict, subject: 'availability', evidence: ['slo-1'] },
    ]);
    expect(result.verdict).toBe(verdict);
    expect(result.proceed).toBe(verdict !== 'block');
  });

  it('takes its limits from the policy', () => {
    const rules = { errorBudget: { warnBelow: 0.5, blockAtOrBelow: 0.1 } };
    const left = (remaining: number) =>
      decide(rules, budget(objective({ remaining }))).verdict;
    expect([left(0.51), left(0.5), left(0.1)]).toEqual([
      ...['allow', 'warn', 'block'],
    ]);
  });

  it.each([
    ['measured 24 hours ago', '2026-03-10T12:00:00Z', 'allow'],
    ['measured longer ago', '2026-03-10T11:59:59Z', 'unknown'],
    ['measured at no time', 'yesterday', 'unknown'],
  ])('%s is %s', (_name, measuredAt, verdict) => {
    const result = decide(
      { errorBudget: {} },
      budget(objective({ measuredAt })),
    );
    expect(result.rules.map(rule => rule.verdict)).toEqual([verdict, verdict]);
  });

  it('is unknown while the objective or what is left of it is', () => {
    for (const change of [
      { status: 'no-data' as const, note: 'no traffic in the period' },
      { remaining: null },
    ]) {
      const [rule] = ruleOf(
        decide({ errorBudget: {} }, budget(objective(change))),
        'errorBudget',
      );
      expect(rule.verdict).toBe('unknown');
      expect(rule.reason).toMatch(/no traffic/);
    }
    expect(
      only(
        decide(
          { errorBudget: {} },
          {
            errorBudget: {
              ...{ status: 'not-instrumented', objectives: [], evidence: [] },
            },
          },
        ),
      ),
    ).toMatchObject({
      verdict: 'unknown',
      reason: 'The error budget is not known: no objective was ever measured',
    });
  });

  it('takes the strictest of several objectives and shows each', () => {
    const result = decide(
      { errorBudget: {} },
      budget(objective(), objective({ name: 'latency', remaining: -0.1 })),
    );
    expect(result.verdict).toBe('block');
    expect(ruleOf(result, 'errorBudget')).toMatchObject([
      { subject: 'latency', verdict: 'block' },
      { subject: 'availability', verdict: 'allow' },
    ]);
    expect(result.summary).toContain('-10 % is left');
  });

  it('says when the budget is back', () => {
    const [rule] = ruleOf(
      decide({ errorBudget: {} }, budget(objective({ remaining: -0.1 }))),
      'errorBudget',
    );
    // The last three days used 3/28 of it: what is older is gone 25 days after the measurement
    expect(rule.wayOut).toBe(
      'At the present burn of 0.5 it is back above 0 % by 5 April 2026, 11:00 UTC at the latest; ' +
        'if nothing more burns, it is back above 0 % by 5 April 2026, 11:00 UTC at the latest. ' +
        'Repairs pass: --kind incident-fix or security-fix with --fixes',
    );
    expect(rule.numbers).toMatchObject({ remaining: -0.1, blockAtOrBelow: 0 });
  });
});

describe('fastBurn', () => {
  it.each<[string, GateVerdict]>([
    ['quiet', 'allow'],
    ['firing', 'block'],
    ['low-traffic', 'allow'],
    ['unreachable', 'allow'],
    ['no-traffic', 'unknown'],
    ['unknown', 'unknown'],
  ])('with an alert that is %s says %s', (page, verdict) => {
    const result = decide({ errorBudget: {} }, budget(objective({ page })));
    expect(ruleOf(result, 'fastBurn')).toMatchObject([{ verdict }]);
    expect(result.verdict).toBe(verdict);
  });

  it('warns where the policy says so, and is not asked of tickets', () => {
    const firing = objective({ page: 'firing' });
    const { verdict, rules } = decide(
      { errorBudget: { fastBurn: 'warn' } },
      budget(firing),
    );
    expect(verdict).toBe('warn');
    expect(rules[0]).toMatchObject({
      rule: 'fastBurn',
      numbers: { burnRate: 0.5, threshold: 13.44 },
    });
    const ticket = { ...firing.alerts[0], severity: 'ticket' as const };
    expect(
      ruleOf(
        decide(
          { errorBudget: {} },
          budget(objective({ alerts: [...objective().alerts, ticket] })),
        ),
        'fastBurn',
      ),
    ).toMatchObject([{ verdict: 'allow' }]);
    expect(
      ruleOf(
        decide({ errorBudget: {} }, budget(objective({ alerts: [ticket] }))),
        'fastBurn',
      ),
    ).toMatchObject([{ verdict: 'unknown' }]);
  });
});

describe('incidents', () => {
  const open = [
    { id: 'INC-2', seconds: 300 },
    { id: 'INC-1', seconds: 7_500 },
  ];

  it('blocks while one is open, and names it and the way out', () => {
    const rule = only(
      decide({ incidents: {} }, { incidents: { status: 'ok', open } }),
    );
    expect(rule).toMatchObject({
      verdict: 'block',
      reason:
        '2 incidents are open: INC-1 for 2 hours, 5 minutes, INC-2 for 5 minutes',
      numbers: { open: 2, oldestSeconds: 7_500 },
      evidence: ['INC-1', 'INC-2'],
    });
    expect(rule.wayOut).toContain('--kind incident-fix --fixes INC-1');
  });

  it.each([
    ['ok', 'allow'],
    ['insufficient', 'allow'],
    ['no-data', 'allow'],
    ['not-instrumented', 'unknown'],
    ['stale', 'unknown'],
  ] as const)(
    'without an open one and a source that is %s: %s',
    (status, verdict) => {
      expect(
        decide({ incidents: {} }, { incidents: { status, open: [] } }).verdict,
      ).toBe(verdict);
    },
  );
});

describe('checks', () => {
  const cards = (
    ...checks: ReturnType<typeof check>[]
  ): Partial<GateFacts> => ({
    scorecards: [{ ...goodFacts().scorecards![0], checks }],
  });
  const failing = check('SEC-01', { verdict: 'fail' as any });
  const open = check('SEC-02', { verdict: 'stale' as any });

  it('names each that fails', () => {
    const result = decide({ checks: {} }, cards(failing, check('OWN-01')));
    expect(only(result)).toMatchObject({
      ...{ verdict: 'block', subject: 'SEC-01', evidence: ['SEC-01'] },
      reason: 'Check SEC-01 of service fails: About SEC-01',
    });
  });

  it('counts what is not known, and is unknown when nothing is', () => {
    const some = only(decide({ checks: {} }, cards(open, check('OWN-01'))));
    expect(some).toMatchObject({
      verdict: 'allow',
      reason:
        'None of 2 enforced checks fails; 1 of them cannot be told: SEC-02',
    });
    expect(decide({ checks: {} }, cards(open)).verdict).toBe('unknown');
    expect(decide({ checks: {} }, cards()).verdict).toBe('unknown');
  });

  it('wants to know those that the policy names, by id or category', () => {
    const facts = cards(open, check('OWN-01', { category: 'ownership' }));
    const verdictOf = (checks: object) => decide({ checks }, facts).verdict;
    expect(verdictOf({ ids: ['SEC-02'] })).toBe('unknown');
    expect(verdictOf({ categories: ['security'] })).toBe('unknown');
    expect(verdictOf({ categories: ['ownership'] })).toBe('allow');
    expect(verdictOf({ ids: ['GONE-01'] })).toBe('unknown');
    expect(
      decide({ checks: { categories: ['ownership'] } }, cards(failing)).verdict,
    ).toBe('unknown');
  });
});

describe('level', () => {
  const card = (level: string | null, ...checks: any[]) => ({
    scorecards: [{ ...goodFacts().scorecards![0], level, checks }],
  });
  const asked = { level: { atLeast: 'silver', verdict: 'block' } };

  it.each([
    ['gold', [], 'allow'],
    ['silver', [], 'allow'],
    ['bronze', [check('SEC-01', { verdict: 'fail' as any })], 'block'],
    [null, [], 'block'],
    ['bronze', [check('SEC-01', { verdict: 'unknown' as any })], 'unknown'],
    [
      'bronze',
      [
        check('SEC-01', { verdict: 'unknown' as any }),
        check('SEC-02', { verdict: 'fail' as any }),
      ],
      'block',
    ],
    [
      'bronze',
      [check('SEC-01', { verdict: 'unknown' as any, level: 'gold' })],
      'block',
    ],
  ])('at %s with %j says %s', (level, checks, verdict) => {
    expect(decide(asked, card(level, ...checks)).verdict).toBe(verdict);
  });

  it('is unknown for a level the path does not have', () => {
    expect(
      only(decide({ level: { atLeast: 'platinum' } }, card('gold'))),
    ).toMatchObject({
      verdict: 'unknown',
      reason: 'service has no level platinum; it has bronze, silver, gold',
    });
  });

  it('asks only the path the policy is of', () => {
    const facts = goodFacts();
    const other = { ...facts.scorecards![0], path: 'website', level: null };
    const options = {
      policy: policy(asked),
      request: request(),
      facts: { ...facts, scorecards: [...facts.scorecards!, other] },
      now: NOW,
    };
    expect(decideGate(options).verdict).toBe('block');
    expect(decideGate({ ...options, path: 'service' }).verdict).toBe('allow');
    expect(decideGate({ ...options, path: 'gone' }).verdict).toBe('unknown');
  });
});

describe('drift', () => {
  const drift = (change: object) => ({
    drift: { ...goodFacts().drift!, ...change },
  });

  it('warns of managed files that were edited', () => {
    const rule = only(
      decide(
        { drift: {} },
        drift({
          total: 7,
          files: ['a', 'b', 'c', 'd', 'e', 'f'].map(path => ({
            ...{ path, status: 'edited' },
          })),
        }),
      ),
    );
    expect(rule).toMatchObject({
      verdict: 'warn',
      reason:
        '7 managed files differ from what the template made: a, b, c, d, e and 2 more',
      numbers: { edited: 7 },
    });
  });

  it.each(['no-lock', 'invalid-lock', 'unknown'])(
    'is unknown at %s',
    status => {
      expect(only(decide({ drift: {} }, drift({ status })))).toMatchObject({
        verdict: 'unknown',
        wayOut: expect.any(String),
      });
    },
  );
});

describe('dependencies', () => {
  it.each([
    [dependency(), 'allow'],
    [dependency({ remaining: 0.0001 }), 'allow'],
    [dependency({ remaining: 0 }), 'warn'],
    [dependency({ remaining: null, status: 'not-instrumented' }), 'unknown'],
    [dependency({ measuredAt: '2026-03-10T11:00:00Z' }), 'unknown'],
    [dependency({ measuredAt: undefined }), 'unknown'],
  ])('%j says %s', (one, verdict) => {
    expect(
      only(decide({ dependencies: {} }, { dependencies: [one] })),
    ).toMatchObject({ verdict, subject: 'component:default/bank' });
  });

  it('allows what depends on nothing', () => {
    expect(decide({ dependencies: {} }, { dependencies: [] }).verdict).toBe(
      'allow',
    );
  });
});

describe('near exhaustion', () => {
  const near = (remaining: number) => budget(objective({ remaining }));

  it.each([
    [0.26, []],
    [0.25, ['progressive-delivery']],
    [-1, ['progressive-delivery']],
  ])('with %d left requires %j', (remaining, requirements) => {
    const result = decide({ nearExhaustion: {} }, near(remaining));
    expect(result.requirements).toEqual(requirements);
    expect(result.verdict).toBe('allow');
  });

  it.each([
    ['enough left', near(0.5), 3, '2026-03-11T11:00:00Z', 'allow'],
    ['the last 24 hours ago', near(0.1), 3, '2026-03-10T12:00:00Z', 'allow'],
    ['the last less ago', near(0.1), 3, '2026-03-10T12:00:01Z', 'block'],
    ['a critical tier', near(0.1), 1, '2026-03-11T11:00:00Z', 'allow'],
    ['no tier', near(0.1), undefined, '2026-03-11T11:00:00Z', 'unknown'],
    [
      'no tier, and long ago',
      near(0.1),
      undefined,
      '2026-03-01T00:00:00Z',
      'allow',
    ],
    ['none before', near(0.1), 3, null, 'allow'],
    ['no deployments reported', near(0.1), 3, undefined, 'unknown'],
    ['no budget known', {}, 3, '2026-03-11T11:00:00Z', 'unknown'],
  ])('slows down: %s', (_name, facts, tier, at, verdict) => {
    const rule = only(
      decide(
        { nearExhaustion: { slow: { hours: 24 } } },
        {
          ...facts,
          tier,
          lastDeployment: typeof at === 'string' ? { id: 'd0', at } : at,
        },
      ),
    );
    expect(rule).toMatchObject({ rule: 'slow', verdict });
    expect(rule.wayOut).toBe(
      verdict === 'block' ? 'Wait until 11 March 2026, 12:00 UTC' : rule.wayOut,
    );
  });
});

describe('exemptions', () => {
  const burning = budget(objective({ remaining: -1, page: 'firing' }));

  it.each([
    [{ kind: 'rollback' as const }, 'rollback'],
    [{ kind: 'incident-fix' as const, fixes: ['INC-1'] }, 'incident-fix'],
    [{ kind: 'security-fix' as const, fixes: ['CVE-1'] }, 'security-fix'],
  ])('%j passes, with every rule shown', (change, exemption) => {
    const result = decide({ errorBudget: {} }, burning, change);
    expect(result).toMatchObject({
      verdict: 'block',
      proceed: true,
      exemption,
    });
    expect(result.rules).toHaveLength(2);
    expect(result.summary).toMatch(/^Passes, since .*; the rules say block/);
  });

  it('of a fix that names nothing are none', () => {
    const result = decide({ errorBudget: {} }, burning, {
      kind: 'incident-fix',
    });
    expect(result).toMatchObject({ verdict: 'block', proceed: false });
    expect(result.exemption).toBeUndefined();
    expect(result.summary).toContain('passes once it names what it fixes');
  });
});

describe('the verdict', () => {
  it('is block before unknown before warn', () => {
    const warn = (near: number) => budget(objective({ remaining: near }));
    const rules = { errorBudget: {}, incidents: {} };
    expect(decide(rules, warn(0.1)).verdict).toBe('unknown');
    expect(decide(rules, warn(-1)).verdict).toBe('block');
  });

  it('goes ahead or not on unknown as the policy says', () => {
    expect(decide({ drift: {} }, {})).toMatchObject({
      ...{ verdict: 'unknown', proceed: true },
      summary: expect.stringContaining(
        'Could not tell, and the policy lets it pass',
      ),
    });
    expect(decide({ drift: {}, unknown: 'block' }, {})).toMatchObject({
      ...{ verdict: 'unknown', proceed: false },
      summary: expect.stringContaining('the policy stops it'),
    });
  });

  it('has no rules in an environment the policy is not for', () => {
    expect(decide({ drift: {} }, {}, { environment: 'staging' })).toMatchObject(
      { verdict: 'allow', proceed: true, rules: [] },
    );
  });

  it('of the default policy warns where the workbook does', () => {
    const result = decideGate({
      policy: DEFAULT_GATE_POLICY,
      request: request(),
      facts: goodFacts(budget(objective({ remaining: 0.2 }))),
      now: NOW,
    });
    expect(result).toMatchObject({
      ...{ verdict: 'warn', proceed: true },
      requirements: ['progressive-delivery'],
    });
  });
});

describe('several policies', () => {
  it('give the strictest, with all rules once', () => {
    const facts = goodFacts({
      incidents: { status: 'ok', open: [{ id: 'I', seconds: 9 }] },
    });
    const one = decide({ incidents: { verdict: 'warn' }, drift: {} }, facts);
    const two = decide({ incidents: { verdict: 'block' }, drift: {} }, facts);
    const both = combineJudgements(request(), [one, two]);
    expect(both).toMatchObject({ verdict: 'block', proceed: false });
    expect(both.rules.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['incidents', 'block'],
      ['incidents', 'warn'],
      ['drift', 'allow'],
    ]);
  });

  it('stop on unknown when one of them does', () => {
    const open = decide({ drift: {} }, {});
    const closed = decide({ drift: {}, unknown: 'block' }, {});
    expect(combineJudgements(request(), [open, closed])).toMatchObject({
      ...{ verdict: 'unknown', proceed: false },
    });
    expect(combineJudgements(request(), [open, open]).proceed).toBe(true);
  });
});
