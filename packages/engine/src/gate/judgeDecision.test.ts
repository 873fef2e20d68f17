import {
  deployed,
  detected,
  pipeline,
  rolledBack,
} from '../health/__fixtures__/deliveryEvents';
import { type DeliveryEvent } from '../health';
import type { GateDecision } from '../model';
import { decision, request } from './__fixtures__/gate';
import { gateDeployments } from './gateDeployments';
import { judgeDecision } from './judgeDecision';

const SHA = 'a'.repeat(40);
const LATER = '2026-03-20T00:00:00Z';

/** What becomes of a decision of noon on 11 March. */
function judge(
  change: Partial<GateDecision['request']>,
  events: DeliveryEvent[],
  options: { now?: string; nextAskedAt?: string } = {},
) {
  const now = new Date(options.now ?? LATER);
  return judgeDecision({
    decision: decision({ request: request(change) }),
    deployments: gateDeployments({
      events,
      entityRef: 'component:default/pay',
      environment: 'production',
      from: new Date('2026-03-01T00:00:00Z'),
      to: now,
      now,
    }),
    now,
    nextAskedAt: options.nextAskedAt,
  });
}

const d1 = () => deployed('d1', '2026-03-11T13:00:00Z', { sha: SHA });
const incident = () =>
  detected('INC-1', '2026-03-11T14:00:00Z', {
    causedBy: { deploymentId: 'd1' },
  });

it.each([
  [{ deploymentId: 'd1' }, 'deploymentId'],
  [{ sha: SHA }, 'sha'],
  [{ sha: SHA.slice(0, 8) }, 'sha'],
  [{ artifactId: 'pkg:oci/checkout%40d1' }, 'artifact'],
  [{}, 'time'],
])('finds the deployment by %j', (named, linkedBy) => {
  expect(judge(named, [d1()])).toEqual({
    judgedAt: '2026-03-20T00:00:00.000Z',
    result: 'succeeded',
    deploymentId: 'd1',
    linkedBy,
    evidence: ['d1-deployed'],
  });
  expect(judge(named, [d1(), incident()])).toMatchObject({
    result: 'failed',
    evidence: expect.arrayContaining(['d1-deployed']),
  });
});

it('finds it by a commit it ships among others', () => {
  const merged = 'b'.repeat(40);
  const shipped = deployed('d1', '2026-03-11T13:00:00Z', {
    sha: SHA,
    changes: [{ sha: merged }],
  });
  expect(judge({ sha: merged }, [shipped]).deploymentId).toBe('d1');
});

it.each([
  ['another id', { deploymentId: 'd2' }],
  ['another commit', { sha: 'c'.repeat(40) }],
  ['another artifact', { artifactId: 'pkg:oci/checkout@d2' }],
])(
  'is not deployed under %s, and pending before that is clear',
  (_n, named) => {
    expect(judge(named, [d1()]).result).toBe('not-deployed');
    expect(judge(named, [d1()], { now: '2026-03-12T11:59:59Z' }).result).toBe(
      'pending',
    );
    expect(judge(named, [d1()], { now: '2026-03-12T12:00:00Z' }).result).toBe(
      'not-deployed',
    );
  },
);

it('waits until a deployment is ripe, and for no failure longer than it has to', () => {
  const ripe = '2026-03-12T13:00:00Z';
  const before = '2026-03-12T12:59:59Z';
  expect(judge({ sha: SHA }, [d1()], { now: before }).result).toBe('pending');
  expect(judge({ sha: SHA }, [d1()], { now: ripe }).result).toBe('succeeded');
  expect(judge({ sha: SHA }, [d1(), incident()], { now: before }).result).toBe(
    'failed',
  );
});

it('passes over what was deployed before the question, but for an id', () => {
  const early = deployed('d1', '2026-03-11T11:00:00Z', { sha: SHA });
  expect(judge({ sha: SHA }, [early]).result).toBe('not-deployed');
  expect(judge({ deploymentId: 'd1' }, [early]).result).toBe('succeeded');
});

it('leaves to the next question what came after it, where only the time tells', () => {
  const nextAskedAt = '2026-03-11T12:30:00Z';
  expect(judge({}, [d1()], { nextAskedAt }).result).toBe('not-deployed');
  expect(judge({ sha: SHA }, [d1()], { nextAskedAt }).result).toBe('succeeded');
  const late = deployed('d9', '2026-03-12T12:00:00Z');
  expect(judge({}, [late]).result).toBe('not-deployed');
});

it('does not take a pipeline that stopped short for a deployment', () => {
  const stopped = pipeline('d1', '2026-03-11T13:00:00Z', 'failure', {
    reachedProduction: false,
  });
  expect(judge({ deploymentId: 'd1' }, [stopped])).toMatchObject({
    result: 'not-deployed',
    evidence: ['d1-pipeline-2026-03-11T13:00:00Z'],
  });
});

it('takes a rollback of the deployment for its failure', () => {
  const events = [
    d1(),
    rolledBack('d2', '2026-03-11T14:00:00Z', { rollbackOf: 'd1' }),
  ];
  expect(judge({ deploymentId: 'd1' }, events).result).toBe('failed');
});
