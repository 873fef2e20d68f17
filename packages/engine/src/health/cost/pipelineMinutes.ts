import { eventsOfKind, isInEnvironment } from '../eventsOfKind';
import { isInWindow, type MetricContext } from '../metrics/metricContext';

/** How long pipelines ran. */
export interface PipelineMinutes {
  minutes: number;
  /** Runs with a known start. */
  timed: number;
  untimed: number;
  /** Ids of the runs with a known start. */
  events: string[];
}

/** The minutes of every attempt of a pipeline that finished in the window, those of deployments included. */
export function countPipelineMinutes(context: MetricContext): PipelineMinutes {
  const { events, environment } = context;
  const finished = [
    ...eventsOfKind(events, 'pipeline-run-finished'),
    ...eventsOfKind(events, 'deployment-finished').filter(
      event => event.via === 'pipeline' && isInEnvironment(event, environment),
    ),
  ].filter(({ at }) => isInWindow(at.getTime(), context));
  const timed = finished.filter(
    ({ startedAt, at }) => startedAt !== undefined && startedAt <= at,
  );
  return {
    minutes:
      timed.reduce(
        (sum, { startedAt, at }) => sum + (at.getTime() - startedAt!.getTime()),
        0,
      ) / 60_000,
    timed: timed.length,
    untimed: finished.length - timed.length,
    events: timed.map(({ id }) => id),
  };
}
