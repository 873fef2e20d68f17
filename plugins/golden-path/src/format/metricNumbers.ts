import type { HealthMetricName, Metric } from '@goldenpath/engine';
import { countText } from './count';
import { decimal, metricValue } from './metric';

/** What numerator and denominator count, where they are not `6 of 48`. */
const FRACTIONS: Partial<
  Record<
    HealthMetricName,
    (value: (number: number) => string, over: number, under: number) => string
  >
> = {
  deploymentFrequency: (_, over, under) =>
    `${decimal(over)} in ${decimal(under)} days`,
  findingsPerRelease: (_, over, under) =>
    `${countText(over, 'new finding')} in ${countText(
      under,
      'scanned release',
    )}`,
  costPerChange: (value, over, under) =>
    `${value(over)} over ${countText(under, 'change')}`,
};

/** The numbers behind a metric's number: how many, of how many, how sure. */
export function metricNumbers(
  name: HealthMetricName,
  metric: Metric,
): string[] {
  const value = (number: number) =>
    metricValue(number, metric.unit, metric.currency);
  const lines = [
    name === 'errorBudget' ? countText(metric.n, 'objective') : `n=${metric.n}`,
  ];
  const { numerator, denominator } = metric;
  if (numerator !== undefined && denominator !== undefined) {
    lines.push(
      FRACTIONS[name]?.(value, numerator, denominator) ??
        `${decimal(numerator)} of ${decimal(denominator)}`,
    );
  }
  if (metric.interval) {
    const { low, high } = metric.interval;
    lines.push(`between ${value(low)} and ${value(high)} with 95% confidence`);
  }
  if (metric.quantiles) {
    const { p50, p75, p90 } = metric.quantiles;
    lines.push(
      `half within ${value(p50)}, 75% within ${value(p75)}, 90% within ${value(
        p90,
      )}`,
    );
  }
  if (metric.mean !== undefined) {
    lines.push(`mean ${value(metric.mean)}`);
  }
  if (typeof metric.deployDaysPerWeek === 'number') {
    lines.push(
      `${decimal(
        metric.deployDaysPerWeek,
      )} days with a deployment per week (median)`,
    );
  }
  if (metric.pending) {
    lines.push(`${metric.pending} too recent to count`);
  }
  if (metric.suspected) {
    lines.push(`${metric.suspected} suspected by time only`);
  }
  return lines;
}
