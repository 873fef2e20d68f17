import type { Metric } from '../../model';
import type { MetricContext } from './metricContext';

export function findingsPerRelease(_context: MetricContext): Metric {
  return {
    status: 'not-instrumented',
    value: null,
    unit: 'count',
    n: 0,
    evidence: [],
  };
}
