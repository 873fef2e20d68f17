import type { Metric } from '../../model';
import { failRateBand } from '../bands';
import type { Deployment } from '../deployments';
import type { FailureLink } from '../failureLinks';
import {
  counted,
  countedLinks,
  hasReached,
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

/** Failed deployments as the report shows them. */
export function describeFailures(
  deployments: readonly Deployment[],
  linksOf: (deployment: Deployment) => readonly FailureLink[],
  orderEvidence: MetricContext['orderEvidence'],
): NonNullable<Metric['failures']> {
  return deployments.map(deployment => ({
    deploymentId: deployment.id,
    links: linksOf(deployment).map(({ kind, confidence, evidence }) => ({
      kind,
      confidence,
      evidence: orderEvidence(evidence),
    })),
  }));
}

/** Deployments that failed before they reached the environment, of all that came to an outcome. */
function deliveryFailures(
  context: MetricContext,
): NonNullable<Metric['deliveryFailures']> {
  const finished = context.deployments.filter(
    ({ outcome, finishedAt }) =>
      (outcome === 'succeeded' || outcome === 'failed') &&
      isInWindow(finishedAt, context),
  );
  return {
    numerator: finished.filter(
      deployment =>
        deployment.outcome === 'failed' && !hasReached(deployment, context),
    ).length,
    denominator: finished.length,
  };
}

/** Incidents of the window that name a cause which is not among the known deployments. */
function unmatchedIncidents({ failures, ...context }: MetricContext): number {
  const linked = new Set(
    [...failures.values()].flat().map(({ incident }) => incident),
  );
  return context.incidents.filter(
    incident =>
      incident.causedBy &&
      incident.changeRelated &&
      !linked.has(incident) &&
      isInWindow(incident.startedAt ?? incident.resolvedAt!, context),
  ).length;
}

/**
 * Change fail rate: distinct failed deployments of those that reached the environment and finished in the
 * window, both only among the ripe ones, which are at least as old as the attribution window. Two incidents
 * on one deployment are one failure; a pipeline that failed before it reached the environment is none and
 * is counted in `deliveryFailures`. Without a ripe deployment there is no rate, never 0.
 */
export function changeFailRate(context: MetricContext): Metric {
  const missing = withoutSource('ratio', [
    [context.sources.deployments, 'deployments'],
    [context.sources.failures, 'failures (incidents, rollbacks or fixes)'],
  ]);
  if (missing) {
    return missing;
  }
  const { now, attributionWindowMs, failures } = context;
  const reached = context.deployments.filter(
    deployment =>
      isInWindow(deployment.finishedAt, context) &&
      hasReached(deployment, context),
  );
  const ripe = reached.filter(
    ({ finishedAt }) => now - finishedAt >= attributionWindowMs,
  );
  const pending = reached.length - ripe.length;
  const linked = ripe.filter(deployment => failures.has(deployment));
  const failed = ripe.filter(
    deployment => countedLinks(deployment, context).length > 0,
  );
  const suspected = linked.filter(deployment =>
    failures
      .get(deployment)!
      .every(({ confidence }) => confidence === 'suspected'),
  ).length;
  const unmatched = unmatchedIncidents(context);
  const rate = rateOf(failed.length, ripe.length);
  return {
    ...rate,
    ...(rate.status === 'ok' && {
      band: failRateBand(rate.value!, context.settings.ladder),
    }),
    pending,
    suspected,
    failures: describeFailures(
      linked,
      deployment => failures.get(deployment)!,
      context.orderEvidence,
    ),
    deliveryFailures: deliveryFailures(context),
    ...noteOf(
      ripe.length === 0 && 'no deployment that is old enough to judge',
      tooFew(rate, MIN_RATE_N, 'deployment'),
      pending > 0 && `${pending} pending`,
      suspected > 0 &&
        `${counted(suspected, 'suspected failure')} ${
          context.countSuspected ? 'counted' : 'not counted'
        }`,
      unmatched > 0 &&
        `${counted(unmatched, 'incident')} with a cause that is not known here`,
      context.sources.incidents === 'absent' &&
        'no source of incidents is connected: only rollbacks, fixes and failed rollouts are seen',
    ),
    evidence: context.orderEvidence([
      ...ripe.flatMap(({ events }) => events),
      ...failed.flatMap(deployment =>
        countedLinks(deployment, context).flatMap(({ evidence }) => evidence),
      ),
    ]),
  };
}
