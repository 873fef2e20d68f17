import type { Metric } from '../../model';
import { type FrequencyDays, frequencyBand } from '../bands';
import { countDeploymentDays, startsOfDays } from '../deploymentDays';
import type { Deployment } from '../deployments';
import { onceFor } from '../onceFor';
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
const SIX_MONTHS_DAYS = 180;

/** The day of each deployment behind a report, by its finish. */
const daysIn = onceFor(({ deployments, settings }: MetricContext) =>
  startsOfDays(
    deployments.map(({ finishedAt }) => finishedAt),
    settings.timeZone,
  ),
);

function succeededIn(context: MetricContext): Deployment[] {
  return context.deployments.filter(
    deployment =>
      hasSucceeded(deployment) && isInWindow(deployment.finishedAt, context),
  );
}

/**
 * Days with a succeeded deployment per week, month and six months of the window; `undefined` for a window without a
 * complete week.
 */
export function frequencyDays(
  context: MetricContext,
): (FrequencyDays & { weeks: number }) | undefined {
  const { from, to, settings } = context;
  const starts = daysIn(context);
  const days = countDeploymentDays({
    days: [
      ...new Set(
        succeededIn(context).map(({ finishedAt }) => starts.get(finishedAt)!),
      ),
    ],
    from,
    to,
    timeZone: settings.timeZone,
  });
  const perWeek = medianOf(days.perWeek);
  if (perWeek === null) {
    return undefined;
  }
  const windowDays = (to - from) / DAY_MS;
  return {
    weeks: days.perWeek.length,
    perWeek,
    perMonth:
      medianOf(days.perMonth) ?? (windowDays >= MONTH_DAYS ? days.total : null),
    perSixMonths:
      windowDays >= SIX_MONTHS_DAYS
        ? days.total / (windowDays / SIX_MONTHS_DAYS)
        : null,
  };
}

/**
 * Deployment frequency: succeeded deployments that finished in the window, per day of the window. With a
 * source connected, none is a true 0. The band follows the median of days with a deployment per complete
 * week (of the entity's time zone, from Monday; at least three weeks), then per month; no deployment makes no band.
 */
export function deploymentFrequency(context: MetricContext): Metric {
  const missing = withoutSource('per-day', [
    [context.sources.deployments, 'deployments'],
  ]);
  if (missing) {
    return missing;
  }
  const succeeded = succeededIn(context);
  const n = succeeded.length;
  const windowDays = (context.to - context.from) / DAY_MS;
  const days = frequencyDays(context);
  const weeks = days?.weeks ?? 0;
  const band =
    n > 0 && days && weeks >= MIN_MEDIAN_N
      ? frequencyBand(days, context.settings.ladder)
      : undefined;
  return {
    status: 'ok',
    value: n / windowDays,
    unit: 'per-day',
    n,
    numerator: n,
    denominator: windowDays,
    deployDaysPerWeek: days?.perWeek ?? null,
    ...(band && { band }),
    ...noteOf(
      n === 0 && 'no deployment in the window',
      n > 0 &&
        !band &&
        `no band: the window holds ${weeks} complete week${
          weeks === 1 ? '' : 's'
        }`,
    ),
    evidence: context.orderEvidence(succeeded.flatMap(({ events }) => events)),
  };
}
