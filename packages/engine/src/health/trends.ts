import type { HealthMetricName, HealthReport, TrendPoint } from '../model';
import type { DeliveryEvent } from './deliveryEvent';
import { eventsOfKind } from './eventsOfKind';
import { createContext } from './healthContext';
import { assertOptions, type HealthOptions } from './healthOptions';
import { incidentEventsOf } from './incidents';
import type { MetricContext, SourceState } from './metrics/metricContext';
import { metricsIn } from './metrics/metricsIn';

const WEEK_MS = 7 * 86_400_000;
const MAX_POINTS = 400;

/** When each source was first heard of, in milliseconds since the epoch; infinite for never. */
function firstSeen(
  context: MetricContext,
): Record<keyof MetricContext['sources'], number> {
  const { events, deployments, failures, rework } = context;
  const timeOf = (event: DeliveryEvent | undefined) =>
    event?.at.getTime() ?? Infinity;
  const incidents = timeOf(incidentEventsOf(events)[0]);
  const failed = deployments.find(
    deployment => failures.has(deployment) || rework.has(deployment),
  );
  return {
    deployments: timeOf(eventsOfKind(events, 'deployment-finished')[0]),
    incidents,
    failures: Math.min(incidents, failed?.finishedAt ?? Infinity),
  };
}

/**
 * The metrics over earlier windows of the same length, oldest first: `points` of them, each `stepMs` before the next, the
 * last one step before the window of the options. What happened after a window is known, so that a failure that
 * showed late counts; a source that was heard of only later was not there yet, and its silence is no zero.
 *
 * @throws RangeError as `computeHealth`, and for a number of points that is not between 0 and 400, or a step that is not
 * above 0.
 *
 * @public
 */
export function computeTrends(
  options: HealthOptions,
  points: number,
  stepMs: number = WEEK_MS,
): NonNullable<HealthReport['trends']> {
  assertOptions(options);
  if (!Number.isInteger(points) || points < 0 || points > MAX_POINTS) {
    throw new RangeError(
      `points must be a whole number between 0 and ${MAX_POINTS}`,
    );
  }
  if (!(stepMs > 0 && Number.isFinite(stepMs))) {
    throw new RangeError('stepMs must be a number above 0');
  }
  const context = createContext(options);
  const seen = firstSeen(context);
  const trends: Partial<Record<HealthMetricName, TrendPoint[]>> = {};
  for (let back = points; back >= 1; back--) {
    const from = context.from - back * stepMs;
    const to = context.to - back * stepMs;
    const stateAt = (source: keyof typeof seen): SourceState =>
      context.sources[source] === 'absent' || seen[source] >= to
        ? 'absent'
        : 'connected';
    const metrics = metricsIn({
      ...context,
      from,
      to,
      silent: false,
      sources: {
        deployments: stateAt('deployments'),
        incidents: stateAt('incidents'),
        failures: stateAt('failures'),
      },
    });
    for (const [name, { status, value, n }] of Object.entries(metrics)) {
      const series = (trends[name as HealthMetricName] ??= []);
      series.push({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        status,
        value,
        n,
      });
    }
  }
  return trends;
}
