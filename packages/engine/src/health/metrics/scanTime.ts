import type { Metric } from '../../model';
import type { MetricContext } from './metricContext';

export function scanTime(_context: MetricContext): Metric {
  return {
    status: 'not-instrumented',
    value: null,
    unit: 'seconds',
    n: 0,
    evidence: [],
  };
}
