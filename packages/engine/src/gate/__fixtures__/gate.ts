import {
  type GateDecision,
  type GatePolicy,
  gatePolicySchema,
  type GateRequest,
  gateRequestSchema,
  type ObjectiveBudget,
} from '../../model';
import { decideGate, type GateJudgement } from '../decideGate';
import type { GateFacts } from '../gateFacts';

/** A Wednesday. */
export const NOW = new Date('2026-03-11T12:00:00Z');

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** An objective of 99.9 % over 28 days, measured an hour ago, with nothing wrong but what is asked for. */
export function objective(
  change: Partial<ObjectiveBudget> & { page?: string } = {},
): ObjectiveBudget {
  const { page = 'quiet', ...rest } = change;
  const remaining = rest.remaining === undefined ? 0.8 : rest.remaining;
  return {
    name: 'availability',
    target: 0.999,
    periodDays: 28,
    method: 'Occurrences',
    measuredAt: '2026-03-11T11:00:00Z',
    status: 'ok',
    errorRate: null,
    consumed: remaining === null ? null : 1 - remaining,
    remaining,
    hoursLeft: null,
    burnRates: [
      { seconds: HOUR, burnRate: 0.5 },
      { seconds: 3 * DAY, burnRate: 1 },
      {
        seconds: 28 * DAY,
        burnRate: remaining === null ? null : 1 - remaining,
      },
    ],
    alerts: [
      {
        severity: 'page',
        longSeconds: HOUR,
        shortSeconds: 300,
        threshold: 13.44,
        budgetShare: 0.02,
        state: page as 'quiet',
      },
    ],
    ...rest,
  };
}

/** Facts with which every rule says `allow`. */
export function goodFacts(change: Partial<GateFacts> = {}): GateFacts {
  return {
    errorBudget: {
      status: 'ok',
      objectives: [objective()],
      evidence: ['slo-1'],
    },
    incidents: { status: 'no-data', open: [] },
    scorecards: [
      {
        path: 'service',
        levels: ['bronze', 'silver', 'gold'],
        level: 'gold',
        evaluatedAt: '2026-03-11T11:00:00Z',
        checks: [check('SEC-01'), check('OWN-01', { category: 'ownership' })],
      },
    ],
    drift: {
      status: 'ok',
      observedAt: '2026-03-11T11:00:00Z',
      total: 0,
      files: [],
    },
    lastDeployment: { id: 'd0', at: '2026-03-01T00:00:00Z' },
    tier: 3,
    dependencies: [dependency()],
    ...change,
  };
}

export function check(
  id: string,
  change: Partial<
    NonNullable<GateFacts['scorecards']>[number]['checks'][number]
  > = {},
) {
  return {
    id,
    title: `About ${id}`,
    category: 'security',
    level: 'silver',
    verdict: 'pass' as const,
    ...change,
  };
}

export function dependency(
  change: Partial<NonNullable<GateFacts['dependencies']>[number]> = {},
) {
  return {
    entityRef: 'component:default/bank',
    remaining: 0.5,
    status: 'ok' as const,
    measuredAt: '2026-03-11T11:00:00Z',
    ...change,
  };
}

export function request(change: Partial<GateRequest> = {}): GateRequest {
  return gateRequestSchema.parse({
    entityRef: 'component:default/pay',
    ...change,
  });
}

export const policy = (change: object): GatePolicy =>
  gatePolicySchema.parse(change);

/** Every rule there is. */
export const FULL_POLICY = policy({
  errorBudget: {},
  incidents: {},
  checks: {},
  level: { atLeast: 'gold' },
  drift: {},
  freezes: [
    {
      name: 'year end',
      from: '2026-12-20T00:00:00Z',
      to: '2027-01-03T00:00:00Z',
    },
  ],
  dependencies: {},
  nearExhaustion: { slow: { hours: 24 } },
});

/** What the gate says about some facts under a policy. */
export function decide(
  rules: object,
  facts: Partial<GateFacts>,
  change: Partial<GateRequest> = {},
  now = NOW,
): GateJudgement {
  return decideGate({
    policy: policy(rules),
    request: request(change),
    facts,
    now,
  });
}

/** A kept decision. */
export function decision(change: Partial<GateDecision> = {}): GateDecision {
  return {
    id: 'g1',
    request: request({ deploymentId: 'd1' }),
    at: '2026-03-11T12:00:00Z',
    policy: { path: 'default', digest: 'sha256:0' },
    verdict: 'allow',
    proceed: true,
    requirements: [],
    rules: [],
    summary: '',
    ...change,
  };
}
