import type { HealthMetricName, HealthReport, Metric } from '../../model';
import { spansBehind } from '../metrics/rememberedSpans';

/** A span in seconds, and whether it has come to its end. @public */
export interface PooledSpan {
  seconds: number;
  ended: boolean;
}

/** A metric without what belongs to one entity alone, and with the spans behind a duration. @public */
export type PoolableMetric = Omit<
  Metric,
  'evidence' | 'failures' | 'objectives' | 'quantiles' | 'note'
> & { spans?: PooledSpan[] };

/**
 * What pooling needs of a report, as plain JSON that can be stored: medians cannot be pooled, the spans behind them can.
 *
 * @public
 */
export interface PoolableHealth
  extends Pick<HealthReport, 'entityRef' | 'environment' | 'window'> {
  metrics: Record<HealthMetricName, PoolableMetric>;
}

/** Most spans kept of a metric; of more, such as those of tests, the roll-up says nothing. */
const MOST_SPANS = 2_000;

function poolableMetric(metric: Metric): PoolableMetric {
  const { evidence, failures, objectives, quantiles, note, parts, ...rest } =
    metric;
  const spans = spansBehind(metric);
  return {
    ...rest,
    ...(parts && {
      parts: parts
        .filter(({ unit }) => unit === 'count')
        .map(part => ({ ...part, note: undefined, evidence: [] })),
    }),
    ...(spans &&
      spans.length <= MOST_SPANS && {
        spans: spans.map(({ seconds, ended }) => ({ seconds, ended })),
      }),
  };
}

/**
 * Takes out of a report what `poolHealth` needs. Only of a report that `computeHealth` gave: one that was stored and read
 * again has lost the spans behind its durations.
 *
 * @public
 */
export function poolableHealth(report: HealthReport): PoolableHealth {
  const { entityRef, environment, window, metrics } = report;
  return {
    entityRef,
    environment,
    window,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [
        name,
        poolableMetric(metric),
      ]),
    ) as PoolableHealth['metrics'],
  };
}
