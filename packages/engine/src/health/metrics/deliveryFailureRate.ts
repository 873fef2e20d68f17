import type { Metric } from '../../model';
import {
  hasReached,
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

/**
 * Delivery failure rate: deployments that failed before they touched the environment, of all that came to success or
 * failure and finished in the window. Not part of DORA's change fail rate, which is about deployments that need somebody to
 * step in afterwards; a deployment whose next attempt succeeded did not fail. No band is defined for it.
 */
export function deliveryFailureRate(context: MetricContext): Metric {
  const missing = withoutSource('ratio', [
    [context.sources.deployments, 'deployments'],
  ]);
  if (missing) {
    return missing;
  }
  const finished = context.deployments.filter(
    ({ outcome, finishedAt }) =>
      (outcome === 'succeeded' || outcome === 'failed') &&
      isInWindow(finishedAt, context),
  );
  const failed = finished.filter(
    deployment =>
      deployment.outcome === 'failed' && !hasReached(deployment, context),
  );
  const rate = rateOf(failed.length, finished.length);
  return {
    ...rate,
    ...noteOf(
      finished.length === 0 && 'no deployment in the window',
      tooFew(rate, MIN_RATE_N, 'deployment'),
    ),
    evidence: context.orderEvidence(finished.flatMap(({ events }) => events)),
  };
}
