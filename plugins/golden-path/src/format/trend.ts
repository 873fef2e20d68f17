import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { HealthMetricName, Metric } from '@goldenpath/engine';
import { deliveryPicture } from './deliveryPicture';
import { metricValue } from './metric';
import type { Tone } from './tone';

/** How a metric moved since the window before. */
export interface Trend {
  direction: 'up' | 'down' | 'level';
  tone: Tone;
  /** `better than the 4 weeks before`. */
  words: string;
  /** `1.5 per day then`. */
  before: string;
  /** The values that are known, oldest first, the present one last. */
  points: number[];
}

const DAY_MS = 86_400_000;
/** A smaller share of change is no news. */
const NOTABLE = 0.1;

/** Which way is the good one; metrics without are neither good nor bad. */
const GOOD: Partial<Record<HealthMetricName, 'higher' | 'lower'>> = {
  deploymentFrequency: 'higher',
  errorBudget: 'higher',
  changeLeadTime: 'lower',
  changeFailRate: 'lower',
  failedDeploymentRecoveryTime: 'lower',
  deploymentReworkRate: 'lower',
  timeToRestore: 'lower',
  deliveryFailureRate: 'lower',
  findingsPerRelease: 'lower',
  costPerChange: 'lower',
  flagStaleness: 'lower',
  rerunRate: 'lower',
  approvalWait: 'lower',
  toil: 'lower',
  offHours: 'lower',
  testTime: 'lower',
  scanTime: 'lower',
};

function daysText(window: { from: string; to: string }): string {
  const days = Math.round(
    (Date.parse(window.to) - Date.parse(window.from)) / DAY_MS,
  );
  if (days === 7) {
    return 'the week before';
  }
  return days === 28 ? 'the 4 weeks before' : `the ${days} days before`;
}

/** Whether the difference may be chance or is too small to matter. */
function isAlike(metric: Metric, now: number, before: number): boolean {
  const { interval } = metric;
  return interval
    ? before >= interval.low && before <= interval.high
    : Math.abs(now - before) <= NOTABLE * Math.abs(before);
}

/**
 * How a metric moved since the window that ended where this one begins. `undefined` unless both were judged: what is
 * not known is neither better nor worse.
 */
export function metricTrend(
  name: HealthMetricName,
  health: Pick<HealthResponse, 'metrics' | 'trends' | 'window'>,
): Trend | undefined {
  const metric = health.metrics[name];
  const { value } = metric;
  if (
    metric.status !== 'ok' ||
    value === null ||
    deliveryPicture(health.metrics) !== 'known'
  ) {
    return undefined;
  }
  const from = Date.parse(health.window.from);
  const slack = (Date.parse(health.window.to) - from) / 10;
  const earlier = [...(health.trends?.[name] ?? [])].sort(
    (a, b) => Date.parse(a.to) - Date.parse(b.to),
  );
  // Windows that overlap with this one share what happened, and are no comparison
  const last = earlier
    .filter(point => Date.parse(point.to) <= from + slack)
    .at(-1);
  if (
    last?.status !== 'ok' ||
    last.value === null ||
    Date.parse(last.to) < from - slack
  ) {
    return undefined;
  }
  const points = earlier.flatMap(point =>
    point.status === 'ok' && point.value !== null ? [point.value] : [],
  );
  const shared = {
    before: `${metricValue(last.value, metric.unit, metric.currency)} then`,
    points: [...points, value],
  };
  const span = daysText(last);
  if (isAlike(metric, value, last.value)) {
    return {
      ...shared,
      direction: 'level',
      tone: 'neutral',
      words: `no clear change from ${span}`,
    };
  }
  const higher = value > last.value;
  const direction = higher ? ('up' as const) : ('down' as const);
  const good = GOOD[name];
  if (good === undefined) {
    return {
      ...shared,
      direction,
      tone: 'neutral',
      words: `${higher ? 'higher' : 'lower'} than ${span}`,
    };
  }
  const better = (good === 'higher') === higher;
  return {
    ...shared,
    direction,
    tone: better ? 'good' : 'warn',
    words: `${better ? 'better' : 'worse'} than ${span}`,
  };
}
