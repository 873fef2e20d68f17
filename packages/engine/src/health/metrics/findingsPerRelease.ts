import type { FindingSeverity, Metric, MetricPart } from '../../model';
import { countDeployedChanges } from '../cost/deployedChanges';
import { eventsOfKind } from '../eventsOfKind';
import { type ReleaseFindings, readNewFindings } from '../findings/newFindings';
import { poissonInterval } from '../findings/poissonInterval';
import {
  counted,
  hasSucceeded,
  isInWindow,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  rateOf,
  tooFew,
  withoutSource,
} from './metricContext';

/** What a finding weighs: the lower end of its class of CVSS scores. */
const WEIGHTS: Record<FindingSeverity, number> = {
  critical: 9,
  high: 7,
  medium: 4,
  low: 0.1,
  none: 0,
};
const SEVERITIES = Object.keys(WEIGHTS) as FindingSeverity[];

/** Counts over an exposure with Garwood's interval; null without exposure. */
function poissonRate(count: number, exposure: number) {
  return {
    value: exposure === 0 ? null : count / exposure,
    numerator: count,
    denominator: exposure,
    ...(exposure > 0 && { interval: poissonInterval(count, exposure) }),
  };
}

function coveragePart(
  scanned: readonly ReleaseFindings[],
  releases: readonly ReleaseFindings[],
  context: MetricContext,
): MetricPart {
  const { status, unit, n, ...coverage } = rateOf(
    scanned.length,
    releases.length,
  );
  return {
    name: 'coverage',
    unit: 'ratio',
    n,
    ...coverage,
    note: 'scanned releases of all releases',
    evidence: context.orderEvidence(
      releases.flatMap(({ release, scans }) => [
        ...release.events,
        ...scans.map(({ id }) => id),
      ]),
    ),
  };
}

function severityParts(
  scanned: readonly ReleaseFindings[],
  context: MetricContext,
): MetricPart[] {
  const found = scanned.flatMap(release => release.found);
  return SEVERITIES.map(name => {
    const ofSeverity = found.filter(({ severity }) => severity === name);
    return {
      name,
      unit: 'count',
      ...poissonRate(ofSeverity.length, scanned.length),
      evidence: context.orderEvidence(ofSeverity.map(({ scan }) => scan.id)),
    };
  });
}

function weightedPart(
  scanned: readonly ReleaseFindings[],
  evidence: string[],
): MetricPart {
  // Counted first, then weighed: sums of tenths would drift.
  const numerator = SEVERITIES.reduce(
    (sum, name) =>
      sum +
      WEIGHTS[name] *
        scanned
          .flatMap(({ found }) => found)
          .filter(({ severity }) => severity === name).length,
    0,
  );
  return {
    name: 'weighted',
    unit: 'count',
    value: numerator / scanned.length,
    numerator,
    denominator: scanned.length,
    note: `weights: ${SEVERITIES.map(name => `${name} ${WEIGHTS[name]}`).join(
      ', ',
    )}`,
    evidence,
  };
}

function per100ChangesPart(
  scanned: readonly ReleaseFindings[],
  context: MetricContext,
): MetricPart {
  const { byDeployment } = countDeployedChanges(context);
  const telling = scanned.filter(
    ({ release }) => release.changes !== undefined,
  );
  const found = telling.reduce((sum, release) => sum + release.found.length, 0);
  const changes = telling.reduce(
    (sum, { release }) => sum + (byDeployment.get(release) ?? 0),
    0,
  );
  const silent = scanned.length - telling.length;
  return {
    name: 'per-100-changes',
    unit: 'count',
    ...poissonRate(found, changes / 100),
    denominator: changes,
    ...noteOf(
      changes === 0 && 'no deployed change',
      silent > 0 &&
        `${counted(
          silent,
          'release',
        )} left out: not known what changes they shipped`,
    ),
    evidence: context.orderEvidence(telling.flatMap(({ events }) => events)),
  };
}

/**
 * New security findings per release: findings open in the scan of a release and not in that of the release before,
 * by identity within one tool and category, over the scanned releases of the window, with Garwood's interval. A
 * release is a succeeded deployment of a commit or artifact that was not deployed before; one whose scan failed or
 * brought no results is not scanned, which is never 0. The first scanned release is a baseline without new findings.
 */
export function findingsPerRelease(context: MetricContext): Metric {
  const { events, deployments } = context;
  const missing = withoutSource('count', [
    [context.sources.deployments, 'deployments'],
  ]);
  if (missing) {
    return missing;
  }
  const releases = readNewFindings(context, ({ finishedAt }) =>
    isInWindow(finishedAt, context),
  );
  const scanned = releases.filter(({ scans }) => scans.length > 0);
  const compared = scanned.filter(release => release.compared);
  const coverage = coveragePart(scanned, releases, context);
  if (eventsOfKind(events, 'scan-finished').length === 0) {
    return {
      ...withoutSource('count', [['absent', 'scans']])!,
      parts: releases.length > 0 ? [coverage] : [],
    };
  }
  const unnamed = deployments.filter(
    deployment =>
      hasSucceeded(deployment) &&
      isInWindow(deployment.finishedAt, context) &&
      deployment.sha === undefined &&
      deployment.artifactId === undefined,
  ).length;
  const unnamedNote =
    unnamed > 0 &&
    `${counted(
      unnamed,
      'deployment',
    )} left out: neither commit nor artifact is known`;
  if (compared.length === 0) {
    return {
      status: 'no-data',
      value: null,
      unit: 'count',
      n: scanned.length,
      parts: [coverage],
      ...noteOf(
        releases.length === 0 && 'no release in the window',
        releases.length > 0 &&
          scanned.length === 0 &&
          'no release in the window was scanned',
        scanned.length > 0 &&
          'only a baseline: no earlier release was scanned by the same tool',
        unnamedNote,
      ),
      evidence: coverage.evidence,
    };
  }
  const count = scanned.reduce((sum, { found }) => sum + found.length, 0);
  const baselines = scanned.length - compared.length;
  const partly = scanned.filter(release => release.partly).length;
  const evidence = context.orderEvidence(
    scanned.flatMap(release => release.events),
  );
  const status = scanned.length < MIN_RATE_N ? 'insufficient' : 'ok';
  return {
    status,
    unit: 'count',
    n: scanned.length,
    ...poissonRate(count, scanned.length),
    parts: [
      coverage,
      ...severityParts(scanned, context),
      weightedPart(scanned, evidence),
      per100ChangesPart(scanned, context),
      ...(baselines > 0
        ? [
            {
              name: 'per-compared-release',
              unit: 'count' as const,
              ...poissonRate(count, compared.length),
              note: 'without baselines, which can have no new finding',
              evidence: context.orderEvidence(
                compared.flatMap(release => release.events),
              ),
            },
          ]
        : []),
    ],
    ...noteOf(
      tooFew({ status, n: scanned.length }, MIN_RATE_N, 'scanned release'),
      releases.length > scanned.length &&
        `${counted(releases.length - scanned.length, 'release')} not scanned`,
      baselines > 0 &&
        `${counted(
          baselines,
          'release',
        )} a baseline: nothing earlier to compare with`,
      partly > 0 &&
        `${counted(partly, 'release')} scanned by fewer tools than before`,
      unnamedNote,
    ),
    evidence,
  };
}
