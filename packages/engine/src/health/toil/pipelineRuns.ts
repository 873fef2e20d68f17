import type {
  DeliveryEvent,
  DeploymentFinishedEvent,
  PipelineRunEvent,
} from '../deliveryEvent';
import { eventsOfKind, isInEnvironment } from '../eventsOfKind';
import type { MetricContext } from '../metrics/metricContext';
import { onceFor } from '../onceFor';
import { normaliseSha } from '../shippedVersion';

type AttemptEvent = PipelineRunEvent | DeploymentFinishedEvent;

/** One attempt of a run. */
export interface Attempt {
  event: AttemptEvent;
  /** It failed, and the same pipeline passed later on the same commit. */
  passedLater: boolean;
  /** Not the first of its run. */
  isRetry: boolean;
  /** Seconds it took; `undefined`: the start is not known. */
  seconds?: number;
}

/** A run of a pipeline with all its attempts, in the order they finished. */
export interface PipelineRun {
  attempts: Attempt[];
  /** When its last attempt finished, in milliseconds since the epoch. */
  finishedAt: number;
  isRerun: boolean;
  /** Whether its sender numbers attempts, so that a first attempt can be told from one that nobody numbered. */
  numbered: boolean;
}

function runKey(event: AttemptEvent): string {
  return JSON.stringify(
    event.kind === 'pipeline-run-finished'
      ? [event.source, event.pipelineName ?? '', event.subjectId]
      : [event.source, 'deployment', event.deploymentId ?? event.subjectId],
  );
}

/** What has to pass later for a failure to be flaky: the same pipeline on the same commit, or the same run. */
function verdictKey(event: AttemptEvent): string {
  return event.kind === 'pipeline-run-finished' &&
    event.pipelineName !== undefined &&
    event.sha !== undefined
    ? JSON.stringify([
        'commit',
        event.source,
        event.pipelineName,
        normaliseSha(event.sha),
      ])
    : runKey(event);
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(keyOf(item), [item]);
    }
  }
  return groups;
}

/**
 * The pipeline runs of the entity, by the order of their first attempt. Runs that deploy nothing belong to a commit,
 * so they count in every environment. A deployment told by a pipeline is a run where its sender numbers attempts:
 * others tell only of the deployment. Test runs are part of a run and none of their own.
 *
 * @param events - in the order of `orderEvents`
 */
function readPipelineRuns(
  events: readonly DeliveryEvent[],
  environment: string,
): PipelineRun[] {
  const isRun = new Set<AttemptEvent>([
    ...eventsOfKind(events, 'pipeline-run-finished'),
    ...eventsOfKind(events, 'deployment-finished').filter(
      event =>
        event.via === 'pipeline' &&
        event.attempt !== undefined &&
        isInEnvironment(event, environment),
    ),
  ]);
  const finished = events.filter((event): event is AttemptEvent =>
    isRun.has(event as AttemptEvent),
  );
  const lastPass = new Map<string, number>();
  finished.forEach((event, position) => {
    if (event.outcome === 'success') {
      lastPass.set(verdictKey(event), position);
    }
  });
  const passedLater = new Set(
    finished.filter(
      (event, position) =>
        event.outcome === 'failure' &&
        position < (lastPass.get(verdictKey(event)) ?? -1),
    ),
  );
  const groups = [...groupBy(finished, runKey).values()];
  const numbering = new Set(
    groups
      .filter(
        group =>
          group.length > 1 ||
          group.some(({ attempt }) => attempt !== undefined),
      )
      .map(([{ source }]) => source),
  );
  return groups.map(group => {
    const attempts = group.map((event, index) => ({
      event,
      passedLater: passedLater.has(event),
      isRetry: (event.attempt ?? index + 1) > 1,
      seconds:
        event.startedAt === undefined || event.startedAt > event.at
          ? undefined
          : (event.at.getTime() - event.startedAt.getTime()) / 1000,
    }));
    return {
      attempts,
      finishedAt: group[group.length - 1].at.getTime(),
      isRerun: attempts.some(({ isRetry }) => isRetry),
      numbered: numbering.has(group[0].source),
    };
  });
}

/** The pipeline runs behind a report. */
export const pipelineRunsIn = onceFor(
  ({ events, environment }: Pick<MetricContext, 'events' | 'environment'>) =>
    readPipelineRuns(events, environment),
);
