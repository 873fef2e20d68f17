import type { Metric } from '../../model';
import { recoveryBand } from '../bands';
import type { Deployment } from '../deployments';
import { censoredMedian } from '../kaplanMeier';
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
import { rememberSpans } from './rememberedSpans';

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

/** Status and median of the recovered and the open; quantiles only where nothing is open, as they would be too good. */
function withOpen(
  spans: readonly number[],
  open: readonly OpenFailure[],
): Pick<Metric, 'status' | 'value' | 'unit' | 'n' | 'quantiles'> {
  const recovered = durationOf(spans);
  if (open.length === 0) {
    return recovered;
  }
  const value = censoredMedian([
    ...spans.map(seconds => ({ seconds, ended: true })),
    ...open.map(({ seconds }) => ({ seconds, ended: false })),
  ]);
  return {
    status: recovered.status === 'ok' && value !== null ? 'ok' : 'insufficient',
    value,
    unit: 'seconds',
    n: spans.length,
  };
}

/** A span as a note names it. */
function spanText(seconds: number): string {
  const [size, unit] =
    [[86_400, 'd'] as const, [3_600, 'h'] as const].find(
      ([least]) => seconds >= 2 * least,
    ) ?? ([60, 'min'] as const);
  return `>= ${Math.floor(seconds / size)} ${unit}`;
}

interface OpenFailure {
  deployment: Deployment;
  seconds: number;
}

function openNote(open: readonly OpenFailure[], inFigure: number) {
  return (
    open.length > 0 &&
    `${counted(open.length, 'failure')} still open (${open
      .map(({ seconds }) => spanText(seconds))
      .slice(0, 3)
      .join(', ')}${open.length > 3 ? ', ...' : ''})${
      inFigure > 0
        ? `: ${inFigure} in the median as lasting longer than that`
        : ''
    }`
  );
}

/**
 * Failed deployment recovery time: per failed deployment that finished in the window, from its finish to the
 * earliest of linked incident resolved, rollback finished or fix finished, in seconds; median. A failure that is still
 * open stays in it as lasting longer than its age: the median is then the one of the Kaplan-Meier curve, and there is none
 * while too many are open. Open failures, those from before the window included, are listed with their age; the band is no
 * better than with every one of them ending now. `n` counts the recovered ones. `stages` gives the median time
 * to detect and to restore of the linked incidents.
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
    .map(
      ({ deployment }): OpenFailure => ({
        seconds: Math.max(0, (context.now - deployment.finishedAt) / 1000),
        deployment,
      }),
    );
  const openHere = open.filter(({ deployment }) =>
    isInWindow(deployment.finishedAt, context),
  );
  const spans = recovered.map(({ span }) => span!);
  const summary = withOpen(spans, openHere);
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
      band: recoveryBand(
        Math.max(
          summary.value!,
          medianOf([...spans, ...open.map(({ seconds }) => seconds)])!,
        ),
        context.settings.ladder,
      ),
    }),
    open: rememberSpans(
      open.map(({ deployment, seconds }) => ({ id: deployment.id, seconds })),
      [
        ...spans.map(seconds => ({ seconds, ended: true })),
        ...openHere.map(({ seconds }) => ({ seconds, ended: false })),
      ],
    ),
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
      failed.length === 0 && 'no failed deployment',
      failed.length > 0 &&
        tooFew(
          { status: summary.status, n: recovered.length },
          MIN_MEDIAN_N,
          'recovered failure',
        ),
      openNote(open, openHere.length),
      openHere.length > 0 &&
        summary.value === null &&
        'no median: too many are open to tell',
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
