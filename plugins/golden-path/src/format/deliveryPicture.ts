import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { HealthMetricName, Metric } from '@goldenpath/engine';
import { MINIMUM_DEPLOYMENTS } from './metric';

/**
 * How much is known of an entity's delivery. Only `known` carries judgements; the others are told apart because each
 * asks for something else: to send events at all, to report deployments, to wait, to repair the source.
 */
export type DeliveryPicture =
  | 'known'
  | 'few'
  | 'no-deployments'
  | 'silent'
  | 'stale';

/** What the metrics together say of how much is known. */
export function deliveryPicture(
  metrics: HealthResponse['metrics'],
): DeliveryPicture {
  const { status, n } = metrics.deploymentFrequency;
  if (
    Object.values(metrics).every(metric => metric.status === 'not-instrumented')
  ) {
    return 'silent';
  }
  if (status === 'not-instrumented') {
    return 'no-deployments';
  }
  if (status === 'stale') {
    return 'stale';
  }
  return n < MINIMUM_DEPLOYMENTS ? 'few' : 'known';
}

/** A metric as it may be shown: without a band unless enough is known, and a frequency of a few deployments is no `ok`. */
export function shownMetric(
  name: HealthMetricName,
  metrics: HealthResponse['metrics'],
): Metric {
  const metric = metrics[name];
  if (deliveryPicture(metrics) === 'known') {
    return metric;
  }
  return {
    ...metric,
    band: undefined,
    status:
      name === 'deploymentFrequency' && metric.status === 'ok'
        ? 'insufficient'
        : metric.status,
  };
}
