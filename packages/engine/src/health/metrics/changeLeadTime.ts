import type { Metric } from '../../model';
import { leadTimeBand } from '../bands';
import type { DeployedChange, Deployment } from '../deployments';
import { onceFor } from '../onceFor';
import { medianOf } from '../quantiles';
import {
  counted,
  durationOf,
  hasSucceeded,
  isInWindow,
  type MetricContext,
  MIN_MEDIAN_N,
  noteOf,
  secondsBetween,
  splitSpans,
  tooFew,
  withoutSource,
} from './metricContext';

/** A first commit this much older than its proposal says nothing about the change's way. */
const OLDEST_COMMIT_MS = 90 * 86_400_000;

interface FirstShipment {
  change: DeployedChange;
  deployment: Deployment;
  startedAt?: number;
  /** Whether the time of the proposal stands in for a first commit that is too old. */
  replaced: boolean;
}

/** Each change at the first succeeded deployment that contains it. */
const firstShipmentsIn = onceFor((context: MetricContext): FirstShipment[] => {
  const seen = new Set<string>();
  const shipments: FirstShipment[] = [];
  for (const deployment of context.deployments.filter(hasSucceeded)) {
    for (const change of deployment.changes ?? []) {
      if (seen.has(change.sha)) {
        continue;
      }
      seen.add(change.sha);
      const { committedAt } = change;
      const proposedAt = context.proposedAt(change.sha);
      const replaced =
        committedAt !== undefined &&
        proposedAt !== undefined &&
        committedAt < proposedAt - OLDEST_COMMIT_MS;
      shipments.push({
        change,
        deployment,
        startedAt: replaced ? proposedAt : committedAt,
        replaced,
      });
    }
  }
  return shipments;
});

/**
 * Change lead time: per change, from its first commit to the finish of the first succeeded deployment that
 * contains it, in seconds; median over the changes first deployed in the window. A first commit more than
 * 90 days older than the proposal of the change is replaced by the proposal. Negative spans are left out
 * and said so. `stages` splits it at the merge.
 */
export function changeLeadTime(context: MetricContext): Metric {
  const missing = withoutSource('seconds', [
    [context.sources.deployments, 'deployments'],
  ]);
  if (missing) {
    return missing;
  }
  const shipments = firstShipmentsIn(context).filter(({ deployment }) =>
    isInWindow(deployment.finishedAt, context),
  );
  const leads = splitSpans(
    shipments.map(({ startedAt, deployment }) =>
      secondsBetween(startedAt, deployment.finishedAt),
    ),
  );
  const toMerge = splitSpans(
    shipments.map(({ startedAt, change }) =>
      secondsBetween(startedAt, change.mergedAt),
    ),
  );
  const toDeploy = splitSpans(
    shipments.map(({ change, deployment }) =>
      secondsBetween(change.mergedAt, deployment.finishedAt),
    ),
  );
  const summary = durationOf(leads.valid);
  const timed = shipments.filter(
    ({ startedAt, deployment }) =>
      startedAt !== undefined && startedAt <= deployment.finishedAt,
  );
  const untimed = shipments.filter(
    ({ startedAt }) => startedAt === undefined,
  ).length;
  const replaced = timed.filter(shipment => shipment.replaced).length;
  const negativeStages = toMerge.negative + toDeploy.negative;
  const silent = context.deployments.filter(
    deployment =>
      hasSucceeded(deployment) &&
      isInWindow(deployment.finishedAt, context) &&
      deployment.changes === undefined,
  ).length;
  const derived = new Set(
    shipments
      .map(({ deployment }) => deployment)
      .filter(({ changesDerived }) => changesDerived),
  ).size;
  return {
    ...summary,
    ...(summary.status === 'ok' && {
      band: leadTimeBand(summary.value!, context.settings.ladder),
    }),
    stages: {
      commitToMerge: medianOf(toMerge.valid),
      mergeToDeploy: medianOf(toDeploy.valid),
    },
    ...noteOf(
      shipments.length === 0 && 'no deployed change',
      tooFew(summary, MIN_MEDIAN_N, 'change'),
      untimed > 0 && `${counted(untimed, 'change')} without a commit time`,
      leads.negative > 0 &&
        `${counted(
          leads.negative,
          'change',
        )} left out: deployed before the first commit`,
      negativeStages > 0 &&
        `${counted(
          negativeStages,
          'stage span',
        )} left out: merged before the first commit or deployed before the merge`,
      replaced > 0 &&
        `${counted(
          replaced,
          'change',
        )} timed from the proposal: the first commit is more than 90 days older`,
      derived > 0 &&
        `changes of ${counted(
          derived,
          'deployment',
        )} taken from the merges since the one before`,
      silent > 0 &&
        `${counted(
          silent,
          'deployment',
        )} did not say what changes they shipped`,
    ),
    evidence: context.orderEvidence(
      timed.flatMap(({ deployment }) => deployment.events),
    ),
  };
}
