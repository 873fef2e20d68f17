import type { AiOutcomes } from '../../model';
import type { Deployment } from '../deployments';
import { eventsOfKind } from '../eventsOfKind';
import { readNewFindings } from '../findings/newFindings';
import {
  counted,
  countedLinks,
  hasReached,
  isInWindow,
  type MetricContext,
  noteOf,
  type SourceState,
} from '../metrics/metricContext';
import { changesIn } from './changes';
import { compareArms } from './compareArms';
import { type Exposure, exposureOf } from './exposure';

/** Seconds from which a recovery is slow: the band "high" of the ladder of 2023 ends there. */
const SLOW_RECOVERY_SECONDS = 86_400;

type Outcome = AiOutcomes['comparisons'][number]['outcome'];

/** A deployment, whether the outcome happened to it, and the events that say so. */
interface Judged extends Exposure {
  happened: boolean;
  events: readonly string[];
}

function linkEvents(
  deployment: Deployment,
  context: MetricContext,
): readonly string[] {
  return [
    ...deployment.events,
    ...countedLinks(deployment, context).flatMap(({ evidence }) => evidence),
  ];
}

/** Whether the deployment had to be taken back or repaired; what a repair itself ships says nothing of what broke. */
function neededRework(deployment: Deployment, context: MetricContext): boolean {
  return countedLinks(deployment, context).some(
    ({ kind, repairedAt }) =>
      kind === 'rolled-back' || kind === 'repaired' || repairedAt.length > 0,
  );
}

/** Whether recovery took longer than a day; `undefined` while it is open for less, or when its end is not known. */
function recoveredSlowly(
  deployment: Deployment,
  context: MetricContext,
): boolean | undefined {
  const ends = countedLinks(deployment, context)
    .flatMap(({ incident, repairedAt }) => [
      ...(incident?.resolvedAt === undefined ? [] : [incident.resolvedAt]),
      ...repairedAt,
    ])
    .map(end => (end - deployment.finishedAt) / 1000);
  const spans = ends.filter(span => span >= 0);
  if (spans.length > 0) {
    return Math.min(...spans) > SLOW_RECOVERY_SECONDS;
  }
  const age = (context.now - deployment.finishedAt) / 1000;
  return ends.length === 0 && age > SLOW_RECOVERY_SECONDS ? true : undefined;
}

/** Releases of the window that were scanned by a tool which had scanned an earlier one. */
function judgeFindings(
  exposures: readonly Exposure[],
  context: MetricContext,
): Judged[] {
  const byDeployment = new Map(
    exposures.map(exposure => [exposure.deployment, exposure]),
  );
  return readNewFindings(context, release => byDeployment.has(release))
    .filter(({ compared }) => compared)
    .map(({ release, found, events: evidence }) => ({
      ...byDeployment.get(release)!,
      happened: found.length > 0,
      events: evidence,
    }));
}

function comparison(
  outcome: Outcome,
  source: SourceState,
  judge: () => Judged[],
  context: MetricContext,
): AiOutcomes['comparisons'][number] {
  if (source !== 'connected') {
    const none = { events: 0, n: 0 };
    return {
      outcome,
      status: source === 'stale' ? 'stale' : 'not-instrumented',
      exposed: none,
      unexposed: none,
      difference: null,
      verdict: 'too-few',
      message:
        source === 'stale'
          ? 'nothing was heard of the source for too long'
          : 'no source of this outcome is connected',
      evidence: [],
    };
  }
  const judged = judge();
  return {
    outcome,
    ...compareArms(judged),
    evidence: context.orderEvidence(judged.flatMap(({ events }) => events)),
  };
}

function unknownOutcomes(
  status: AiOutcomes['status'],
  note: string,
): AiOutcomes {
  return { status, exposed: 0, unexposed: 0, comparisons: [], note };
}

/**
 * Outcomes of deployments that ship a change with disclosed AI assistance against the others: the deployments that the
 * change fail rate is made of, with the same links. Compared are whether a deployment failed, whether it had to be
 * taken back or repaired, whether its recovery took longer than a day (failed ones only), and whether it brought a new
 * finding (scanned releases only). Never per person.
 */
export function aiOutcomes(context: MetricContext): AiOutcomes {
  const { sources, now, attributionWindowMs } = context;
  if (sources.deployments !== 'connected') {
    return sources.deployments === 'stale'
      ? unknownOutcomes(
          'stale',
          'nothing was heard of the source of deployments for too long',
        )
      : unknownOutcomes(
          'not-instrumented',
          'no source of deployments is connected',
        );
  }
  const index = changesIn(context);
  if (index.all.every(({ disclosure }) => disclosure === undefined)) {
    return unknownOutcomes(
      'not-instrumented',
      'no source of AI disclosure is connected',
    );
  }
  const ripe = context.deployments.filter(
    deployment =>
      isInWindow(deployment.finishedAt, context) &&
      now - deployment.finishedAt >= attributionWindowMs &&
      hasReached(deployment, context),
  );
  const exposures = ripe.flatMap(
    deployment => exposureOf(deployment, index) ?? [],
  );
  const unclassed = ripe.length - exposures.length;
  const exposed = exposures.filter(exposure => exposure.exposed).length;
  const judge =
    (happened: (deployment: Deployment) => boolean | undefined) => () =>
      exposures.flatMap((exposure): Judged[] => {
        const result = happened(exposure.deployment);
        return result === undefined
          ? []
          : [
              {
                ...exposure,
                happened: result,
                events: linkEvents(exposure.deployment, context),
              },
            ];
      });
  const hasFailed = (deployment: Deployment) =>
    countedLinks(deployment, context).length > 0;
  const scans: SourceState =
    eventsOfKind(context.events, 'scan-finished').length > 0
      ? 'connected'
      : 'absent';
  const comparisons = [
    comparison('changeFail', sources.failures, judge(hasFailed), context),
    comparison(
      'rework',
      sources.failures,
      judge(deployment => neededRework(deployment, context)),
      context,
    ),
    comparison(
      'slowRecovery',
      sources.failures,
      judge(deployment =>
        hasFailed(deployment)
          ? recoveredSlowly(deployment, context)
          : undefined,
      ),
      context,
    ),
    comparison(
      'newFinding',
      scans,
      () => judgeFindings(exposures, context),
      context,
    ),
  ];
  return {
    status: statusOf(exposures.length, comparisons),
    exposed,
    unexposed: exposures.length - exposed,
    comparisons,
    ...noteOf(
      exposures.length === 0 && 'no deployment in the window to compare',
      unclassed > 0 &&
        `${counted(
          unclassed,
          'deployment',
        )} left out: nothing is known of what their changes disclose`,
      'assistance that nobody disclosed is among the others',
    ),
  };
}

function statusOf(
  n: number,
  comparisons: AiOutcomes['comparisons'],
): AiOutcomes['status'] {
  if (n === 0) {
    return 'no-data';
  }
  return comparisons.some(({ status }) => status === 'ok')
    ? 'ok'
    : 'insufficient';
}
