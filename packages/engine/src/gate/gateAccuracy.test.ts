import type { GateDecision, GateOutcome, GateVerdict } from '../model';
import { decision, request } from './__fixtures__/gate';
import { gateAccuracy } from './gateAccuracy';

let serial = 0;

function decided(
  verdict: GateVerdict,
  result?: GateOutcome['result'],
  change: Partial<GateDecision> = {},
): GateDecision {
  serial += 1;
  return decision({
    id: `g${serial}`,
    verdict,
    ...(result && {
      outcome: {
        judgedAt: '2026-03-20T00:00:00Z',
        result,
        ...(result !== 'not-deployed' && { deploymentId: `d${serial}` }),
        evidence: [],
      },
    }),
    ...change,
  });
}

const override = { by: 'u', reason: 'r', at: '', expiresAt: '' };

it('counts by hand', () => {
  const accuracy = gateAccuracy([
    // Against a warning or a block: 3 failed, 2 went well
    decided('warn', 'failed'),
    decided('warn', 'succeeded'),
    decided('warn', 'succeeded'),
    decided('block', 'failed', { override }),
    decided('block', 'failed', { override }),
    decided('block', 'not-deployed'),
    // Nothing was said: 2 failed
    decided('allow', 'failed'),
    decided('unknown', 'failed'),
    decided('allow', 'succeeded'),
    decided('allow', 'pending'),
    decided('allow'),
    // Passes whatever the rules say
    decided('block', 'failed', { exemption: 'rollback' }),
  ]);
  expect(accuracy).toMatchObject({
    decisions: 12,
    byVerdict: { allow: 4, warn: 3, block: 4, unknown: 1 },
    overridden: 2,
    exempted: 1,
    precision: { value: 3 / 5, numerator: 3, denominator: 5 },
    recall: { value: 3 / 5, numerator: 3, denominator: 5 },
  });
  // Wilson at 95 % of 3 in 5
  expect(accuracy.precision.interval!.low).toBeCloseTo(0.2307, 4);
  expect(accuracy.precision.interval!.high).toBeCloseTo(0.8824, 4);
  expect(accuracy.outcomes).toEqual([
    { verdict: 'allow', failed: 1, succeeded: 1, notDeployed: 0, pending: 2 },
    { verdict: 'warn', failed: 1, succeeded: 2, notDeployed: 0, pending: 0 },
    { verdict: 'block', failed: 2, succeeded: 0, notDeployed: 1, pending: 0 },
    { verdict: 'unknown', failed: 1, succeeded: 0, notDeployed: 0, pending: 0 },
  ]);
});

it('has no rate without deployments, which is not 0 %', () => {
  expect(gateAccuracy([decided('block', 'not-deployed')])).toMatchObject({
    precision: { value: null, numerator: 0, denominator: 0 },
    recall: { value: null, numerator: 0, denominator: 0 },
  });
});

it('counts a deployment once, by the last decision on it', () => {
  const outcome = {
    judgedAt: '',
    result: 'failed' as const,
    deploymentId: 'same',
    evidence: [],
  };
  const first = decided('warn', undefined, { outcome });
  const last = decided('allow', undefined, {
    ...{ outcome, at: '2026-03-11T13:00:00Z' },
  });
  const elsewhere = decided('warn', undefined, {
    outcome,
    request: request({ environment: 'staging' }),
  });
  expect(gateAccuracy([last, first])).toMatchObject({
    decisions: 2,
    recall: { numerator: 0, denominator: 1 },
  });
  expect(gateAccuracy([last, first, elsewhere]).recall).toMatchObject({
    ...{ numerator: 1, denominator: 2 },
  });
});
