import type {
  DecisionsResponse,
  GateAccuracy,
  GateReplay,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { GateDecision } from '@goldenpath/engine';
import { entityRef } from './entity';

/** A deployment that the gate let go ahead, with one rule asked. */
export function decisionFixture(
  overrides: Partial<GateDecision> = {},
): GateDecision {
  return {
    id: 'g-1',
    request: {
      entityRef,
      environment: 'production',
      sha: '0123456789abcdef0123456789abcdef01234567',
      kind: 'deploy',
      fixes: [],
    },
    at: '2026-11-20T10:00:00Z',
    policy: { path: 'service', version: '1.0.0', digest: 'sha256:aaaa' },
    verdict: 'allow',
    proceed: true,
    requirements: [],
    rules: [
      {
        rule: 'errorBudget',
        subject: 'availability',
        verdict: 'allow',
        reason: '62% of the error budget of availability is left',
        numbers: { remaining: 0.62, warnBelow: 0.25 },
        evidence: ['s-1'],
      },
    ],
    summary: 'allow: nothing speaks against this deployment',
    by: 'user:default/ci',
    ...overrides,
  };
}

/** A deployment stopped by an empty budget, while an open incident warns. */
export function blockedDecision(
  overrides: Partial<GateDecision> = {},
): GateDecision {
  return decisionFixture({
    id: 'g-2',
    at: '2026-11-21T09:00:00Z',
    verdict: 'block',
    proceed: false,
    requirements: ['progressive-delivery'],
    rules: [
      {
        rule: 'errorBudget',
        subject: 'availability',
        verdict: 'block',
        reason: 'the error budget of availability is overdrawn by 4%',
        wayOut: 'At the present burn the budget is back on 2 December 2026',
        numbers: { remaining: -0.04, blockAtOrBelow: 0 },
        evidence: ['s-1'],
      },
      {
        rule: 'incidents',
        verdict: 'warn',
        reason: '1 incident is open: INC-7 for 40 minutes',
        wayOut:
          'Resolve INC-7; a repair passes with --kind incident-fix --fixes INC-7',
        numbers: { open: 1, oldestSeconds: 2_400 },
        evidence: ['INC-7'],
      },
      {
        rule: 'checks',
        subject: 'SEC-01',
        verdict: 'warn',
        reason: 'Check SEC-01 of service fails: Every action is pinned',
        wayOut: 'Mend SEC-01; the scorecard says how',
        numbers: { path: 'service', level: 'silver', category: 'security' },
        evidence: ['SEC-01'],
      },
    ],
    summary: 'block: the error budget of availability is overdrawn by 4%',
    ...overrides,
  });
}

/** What was stopped, and let go ahead by a person until an instant. */
export function overriddenDecision(expiresAt: string): GateDecision {
  return blockedDecision({
    id: 'g-3',
    proceed: true,
    override: {
      by: 'user:default/ann',
      reason: 'the fix of the leak is in it',
      at: '2026-11-21T10:00:00Z',
      expiresAt,
    },
  });
}

export const decisionsResponse: DecisionsResponse = {
  items: [decisionFixture()],
};

export const gateAccuracy: GateAccuracy = {
  window: { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' },
  decisions: 40,
  byVerdict: { allow: 30, warn: 5, block: 4, unknown: 1 },
  overridden: 2,
  exempted: 1,
  outcomes: [
    {
      verdict: 'allow',
      failed: 2,
      succeeded: 25,
      notDeployed: 1,
      pending: 2,
    },
    { verdict: 'warn', failed: 2, succeeded: 3, notDeployed: 0, pending: 0 },
    { verdict: 'block', failed: 1, succeeded: 1, notDeployed: 2, pending: 0 },
    { verdict: 'unknown', failed: 0, succeeded: 1, notDeployed: 0, pending: 0 },
  ],
  precision: {
    value: 3 / 7,
    numerator: 3,
    denominator: 7,
    interval: { low: 0.158, high: 0.75 },
  },
  recall: {
    value: 0.6,
    numerator: 3,
    denominator: 5,
    interval: { low: 0.231, high: 0.882 },
  },
};

export const gateReplay: GateReplay = {
  window: { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' },
  decisions: 40,
  changed: [
    {
      decisionId: 'g-1',
      entityRef,
      at: '2026-11-20T10:00:00Z',
      before: 'allow',
      after: 'block',
      reason: 'errorBudget: 62% is left, and the policy asks for 75%',
      result: 'failed',
    },
  ],
  before: { stoppedFailures: 1, stoppedSuccesses: 1, missedFailures: 4 },
  after: { stoppedFailures: 2, stoppedSuccesses: 3, missedFailures: 3 },
};
