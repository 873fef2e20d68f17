import type { Metric } from '../../model';
import type { MetricContext } from './metricContext';

export function costPerChange(_context: MetricContext): Metric {
  return {
    status: 'not-instrumented',
    value: null,
    unit: 'currency',
    n: 0,
    evidence: [],
  };
}
