import { eventsOfKind } from '../eventsOfKind';
import {
  isInWindow,
  type MetricContext,
  type MetricSettings,
} from '../metrics/metricContext';
import type { PipelineRun } from './pipelineRuns';

/** Steps done by hand of one kind, as ids of the events that tell of them: one list per step. */
export type HandWork = Record<
  keyof MetricSettings['manualMinutes'],
  string[][]
>;

/**
 * What was done by hand in the window: runs and deployments set off by a person, rollbacks made by a person, and
 * attempts after the first unless a machine made them. Only where the sender said what set it off; a deployment in
 * the same chain as a counted run is the same step.
 */
export function readHandWork(
  context: MetricContext,
  runs: readonly PipelineRun[],
): HandWork {
  const { events, deployments } = context;
  const attempts = runs.flatMap(run => run.attempts);
  const retries = attempts.filter(
    ({ isRetry, event }) => isRetry && event.trigger !== 'automatic',
  );
  const started = attempts
    .filter(
      ({ isRetry, event }) =>
        !isRetry &&
        event.trigger === 'manual' &&
        event.kind === 'pipeline-run-finished',
    )
    .map(({ event }) => event);
  const countedChains = new Set(
    started.map(({ chainId }) => chainId).filter(chain => chain !== undefined),
  );
  const byHand = new Map(
    eventsOfKind(events, 'deployment-finished')
      .filter(({ trigger }) => trigger === 'manual')
      .map(event => [event.id, event]),
  );
  const manual = deployments
    .map(deployment => ({
      deployment,
      told: deployment.events
        .map(id => byHand.get(id))
        .filter(event => event !== undefined),
    }))
    .filter(({ told }) => told.length > 0);
  return {
    trigger: [
      ...started.map(({ id }) => [id]),
      ...manual
        .filter(
          ({ deployment, told }) =>
            isInWindow(deployment.finishedAt, context) &&
            !deployment.isRollback &&
            told.some(
              ({ via, attempt, chainId }) =>
                via !== 'rolledback' &&
                (attempt ?? 1) === 1 &&
                (chainId === undefined || !countedChains.has(chainId)),
            ),
        )
        .map(({ told }) => told.map(({ id }) => id)),
    ],
    rollback: manual
      .map(({ deployment, told }) =>
        told.filter(
          ({ via, at }) =>
            (deployment.isRollback || via === 'rolledback') &&
            isInWindow(at.getTime(), context),
        ),
      )
      .filter(told => told.length > 0)
      .map(told => told.map(({ id }) => id)),
    retry: retries.map(({ event }) => [event.id]),
  };
}
