import type { Metric } from '../../model';
import { frequencyBand } from '../bands';
import { countDeploymentDays } from '../deploymentDays';
import { medianOf } from '../quantiles';
import {
  hasSucceeded,
  isInWindow,
  type MetricContext,
  MIN_MEDIAN_N,
  noteOf,
  withoutSource,
} from './metricContext';

const DAY_MS = 86_400_000;
/** A window of four weeks stands for a month when it holds no complete one. */
const MONTH_DAYS = 28;

/**
 * Deployment frequency: succeeded deployments that finished in the window, per day of the window. With a
 * source connected, none is a true 0. The band follows the median of days with a deployment per complete
 * week (UTC, from Monday; at least three weeks), then per month; no deployment makes no band.
 */
export function deploymentFrequency(context: MetricContext): Metric {
  const missing = withoutSource('per-day', [
    [context.sources.deployments, 'deployments'],
  ]);
  if (missing) {
    return missing;
  }
  const { from, to } = context;
  const succeeded = context.deployments.filter(
    deployment =>
      hasSucceeded(deployment) && isInWindow(deployment.finishedAt, context),
  );
  const n = succeeded.length;
  const windowDays = (to - from) / DAY_MS;
  const days = countDeploymentDays({
    times: succeeded.map(({ finishedAt }) => finishedAt),
    from,
    to,
  });
  const deployDaysPerWeek = medianOf(days.perWeek);
  const judged =
    n > 0 && deployDaysPerWeek !== null && days.perWeek.length >= MIN_MEDIAN_N;
  const band = judged
    ? frequencyBand({
        daysPerWeek: deployDaysPerWeek,
        daysPerMonth:
          medianOf(days.perMonth) ??
          (windowDays >= MONTH_DAYS ? days.total : null),
      })
    : undefined;
  return {
    status: 'ok',
    value: n / windowDays,
    unit: 'per-day',
    n,
    numerator: n,
    denominator: windowDays,
    deployDaysPerWeek,
    ...(band && { band }),
    ...noteOf(
      n === 0 && 'no deployment in the window',
      n > 0 &&
        !band &&
        `no band: the window holds ${days.perWeek.length} complete weeks`,
    ),
    evidence: context.orderEvidence(succeeded.flatMap(({ events }) => events)),
  };
}
