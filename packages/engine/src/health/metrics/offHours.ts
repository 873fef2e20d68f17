import type { Metric } from '../../model';
import type { MetricContext } from './metricContext';

export function offHours(_context: MetricContext): Metric {
  return {
    status: 'not-instrumented',
    value: null,
    unit: 'ratio',
    n: 0,
    evidence: [],
  };
}
