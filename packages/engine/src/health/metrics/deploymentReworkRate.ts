import type { Metric } from '../../model';
import {
  hasSucceeded,
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

/**
 * Deployment rework rate: of the succeeded deployments that finished in the window, those that were not
 * planned but made because of a production incident or a bug that users met: rollbacks, hotfixes, those that
 * declare an incident they fix, and those that ship the revert of a shipped commit. The 2023 ladder knows
 * no band for it.
 */
export function deploymentReworkRate(context: MetricContext): Metric {
  const missing = withoutSource('ratio', [
    [context.sources.deployments, 'deployments'],
  ]);
  if (missing) {
    return missing;
  }
  const succeeded = context.deployments.filter(
    deployment =>
      hasSucceeded(deployment) && isInWindow(deployment.finishedAt, context),
  );
  const rework = succeeded.filter(deployment => context.rework.has(deployment));
  const rate = rateOf(rework.length, succeeded.length);
  return {
    ...rate,
    ...noteOf(
      succeeded.length === 0 && 'no deployment in the window',
      tooFew(rate, MIN_RATE_N, 'deployment'),
      context.rework.size === 0 &&
        succeeded.length > 0 &&
        'no rollback, hotfix or fix was ever declared',
    ),
    evidence: context.orderEvidence(succeeded.flatMap(({ events }) => events)),
  };
}
