import type { Metric } from '../../model';
import { recoveryBand } from '../bands';
import type { Deployment } from '../deployments';
import { medianOf } from '../quantiles';
import { describeFailures } from './changeFailRate';
import {
  counted,
  countedLinks,
  durationOf,
  hasReached,
  isInWindow,
  type MetricContext,
  MIN_MEDIAN_N,
  noteOf,
  secondsBetween,
  splitSpans,
  tooFew,
  withoutSource,
} from './metricContext';

interface Recovery {
  deployment: Deployment;
  /** Seconds to the earliest recovery; `undefined` while open, or when all that is known is negative. */
  span?: number;
  negative: number;
}

/** Earliest of linked incident resolved, rollback through and fix through. */
function recoveryOf(deployment: Deployment, context: MetricContext): Recovery {
  const ends = countedLinks(deployment, context).flatMap(
    ({ incident, repairedAt }) => [incident?.resolvedAt, ...repairedAt],
  );
  const { valid, negative } = splitSpans(
    ends.map(end => secondsBetween(deployment.finishedAt, end)),
  );
  return {
    deployment,
    span: valid.length === 0 ? undefined : Math.min(...valid),
    negative,
  };
}

function incidentSpans(
  recoveries: readonly Recovery[],
  context: MetricContext,
): { detect: number[]; restore: number[] } {
  const incidents = recoveries.flatMap(({ deployment }) =>
    countedLinks(deployment, context).flatMap(({ incident }) =>
      incident ? [{ incident, deployment }] : [],
    ),
  );
  return {
    detect: splitSpans(
      incidents.map(({ incident, deployment }) =>
        secondsBetween(deployment.finishedAt, incident.startedAt),
      ),
    ).valid,
    restore: splitSpans(
      incidents.map(({ incident }) =>
        secondsBetween(incident.startedAt, incident.resolvedAt),
      ),
    ).valid,
  };
}

/**
 * Failed deployment recovery time: per failed deployment that finished in the window, from its finish to the
 * earliest of linked incident resolved, rollback finished or fix finished, in seconds; median over those
 * recovered. Open failures, earlier ones included, are listed with their age. Since they can only end later,
 * the band is the worse of two: of the median, and of the median with every open failure at its age.
 * `stages` gives the median time to detect and to restore of the linked incidents.
 */
export function failedDeploymentRecoveryTime(context: MetricContext): Metric {
  const missing = withoutSource('seconds', [
    [context.sources.deployments, 'deployments'],
    [context.sources.failures, 'failures (incidents, rollbacks or fixes)'],
  ]);
  if (missing) {
    return missing;
  }
  const all = context.deployments
    .filter(
      deployment =>
        deployment.finishedAt < context.to &&
        hasReached(deployment, context) &&
        countedLinks(deployment, context).length > 0,
    )
    .map(deployment => recoveryOf(deployment, context));
  const failed = all.filter(({ deployment }) =>
    isInWindow(deployment.finishedAt, context),
  );
  const recovered = failed.filter(({ span }) => span !== undefined);
  const open = all
    .filter(({ span, negative }) => span === undefined && negative === 0)
    .map(({ deployment }) => ({
      id: deployment.id,
      seconds: Math.max(0, (context.now - deployment.finishedAt) / 1000),
      deployment,
    }));
  const spans = recovered.map(({ span }) => span!);
  const summary = durationOf(spans);
  const withOpen = medianOf([...spans, ...open.map(({ seconds }) => seconds)]);
  const negative = failed.reduce((sum, entry) => sum + entry.negative, 0);
  const stages = incidentSpans(failed, context);
  const shown = [
    ...new Set([
      ...recovered.map(({ deployment }) => deployment),
      ...open.map(({ deployment }) => deployment),
    ]),
  ];
  return {
    ...summary,
    ...(summary.status === 'ok' && {
      band: recoveryBand(Math.max(summary.value!, withOpen!)),
    }),
    open: open.map(({ id, seconds }) => ({ id, seconds })),
    stages: {
      detect: medianOf(stages.detect),
      restore: medianOf(stages.restore),
    },
    failures: describeFailures(
      failed.map(({ deployment }) => deployment),
      deployment => countedLinks(deployment, context),
      context.orderEvidence,
    ),
    ...noteOf(
      failed.length === 0 && open.length === 0 && 'no failed deployment',
      tooFew(summary, MIN_MEDIAN_N, 'recovered failure'),
      open.length > 0 &&
        `${counted(
          open.length,
          'failure',
        )} still open: not in the median, and will only raise it`,
      negative > 0 &&
        `${counted(
          negative,
          'recovery time',
        )} left out: earlier than the end of the deployment`,
    ),
    evidence: context.orderEvidence(
      shown.flatMap(deployment => [
        ...deployment.events,
        ...countedLinks(deployment, context).flatMap(
          ({ evidence }) => evidence,
        ),
      ]),
    ),
  };
}
