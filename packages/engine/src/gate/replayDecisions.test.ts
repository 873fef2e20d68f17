import type { GateDecision, GateOutcome } from '../model';
import { decision, goodFacts, objective, policy } from './__fixtures__/gate';
import { replayDecisions, type ReplayedDecision } from './replayDecisions';

const STRICT = policy({ errorBudget: { blockAtOrBelow: 0.2 } });

function kept(
  id: string,
  remaining: number,
  result: GateOutcome['result'] | undefined,
  change: Partial<GateDecision> = {},
): ReplayedDecision {
  return {
    facts: goodFacts({
      errorBudget: {
        ...{
          status: 'ok',
          objectives: [objective({ remaining })],
          evidence: [],
        },
      },
    }),
    decision: decision({
      id,
      verdict: 'warn',
      ...(result && {
        outcome: { judgedAt: '', result, deploymentId: id, evidence: [] },
      }),
      ...change,
    }),
  };
}

it('says what a stricter policy would have stopped, and why', () => {
  const replay = replayDecisions({
    policy: STRICT,
    decisions: [
      kept('a', 0.1, 'failed'),
      kept('b', 0.1, 'succeeded'),
      kept('c', 0.5, 'failed', { verdict: 'allow' }),
      kept('d', 0.1, undefined),
      kept('e', 0.1, 'failed', { exemption: 'rollback' }),
    ],
  });
  expect(replay).toMatchObject({
    decisions: 5,
    before: { stoppedFailures: 0, stoppedSuccesses: 0, missedFailures: 2 },
    after: { stoppedFailures: 1, stoppedSuccesses: 1, missedFailures: 1 },
  });
  expect(replay.changed.map(({ decisionId }) => decisionId)).toEqual([
    ...['a', 'b', 'd', 'e'],
  ]);
  expect(replay.changed[0]).toMatchObject({
    before: 'warn',
    after: 'block',
    result: 'failed',
    reason: expect.stringContaining('at 20 % or below releases stop'),
  });
  expect(replay.changed[2].result).toBe('pending');
});

it('says what a milder one would have let through', () => {
  const blocked = kept('a', 0.1, 'failed', {
    verdict: 'block',
    proceed: false,
    override: { by: 'u', reason: 'r', at: '', expiresAt: '' },
    rules: [
      {
        ...{ rule: 'errorBudget', subject: 'availability', verdict: 'block' },
        ...{ reason: '10 % is left', numbers: {}, evidence: [] },
      },
    ],
  });
  expect(
    replayDecisions({
      policy: policy({ errorBudget: {} }),
      decisions: [blocked],
    }),
  ).toMatchObject({
    changed: [
      { before: 'block', after: 'warn', reason: '10 % is left: warn now' },
    ],
    before: { stoppedFailures: 1, missedFailures: 0 },
    after: { stoppedFailures: 0, missedFailures: 1 },
  });
});
