import type { DriftReport, HealthReport, Scorecard } from '../model';
import type { HealthOptions } from '../health';
import { createContext } from '../health/healthContext';
import { hasSucceeded } from '../health/metrics/metricContext';
import type { GateFacts, GateScorecard } from './gateFacts';

const MOST_POINTS = 200;
const MOST_INCIDENTS = 50;
const MOST_FILES = 50;
const MOST_EVIDENCE = 50;

/**
 * What a health report tells a gate: the error budget and the open incidents.
 *
 * @public
 */
export function healthFacts(
  report: HealthReport,
): Pick<GateFacts, 'errorBudget' | 'incidents'> {
  const { errorBudget, timeToRestore } = report.metrics;
  return {
    errorBudget: {
      status: errorBudget.status,
      objectives: (errorBudget.objectives ?? []).map(objective => ({
        ...objective,
        ...(objective.burnDown && {
          burnDown: objective.burnDown.slice(-MOST_POINTS),
        }),
      })),
      ...(errorBudget.note !== undefined && { note: errorBudget.note }),
      evidence: errorBudget.evidence.slice(-MOST_EVIDENCE),
    },
    incidents: {
      status: timeToRestore.status,
      open: (timeToRestore.open ?? []).slice(0, MOST_INCIDENTS),
      ...(timeToRestore.note !== undefined && { note: timeToRestore.note }),
    },
  };
}

/**
 * The last deployment that succeeded in the environment, by the same events that health is computed from; `undefined`
 * when nobody reports deployments, null when there never was one.
 *
 * @public
 */
export function lastDeployment(
  options: HealthOptions,
): GateFacts['lastDeployment'] {
  const { deployments, sources } = createContext(options);
  if (sources.deployments !== 'connected') {
    return undefined;
  }
  const last = deployments.findLast(hasSucceeded);
  return last
    ? { id: last.id, at: new Date(last.finishedAt).toISOString() }
    : null;
}

/**
 * What a scorecard tells a gate: the level, and the checks that count.
 *
 * @public
 */
export function scorecardFacts(scorecard: Scorecard): GateScorecard {
  const { path, levels, level, evaluatedAt, checks } = scorecard;
  return {
    path: path.name,
    levels,
    level,
    evaluatedAt,
    checks: checks
      .filter(({ stage }) => stage === 'enforce')
      .map(({ id, title, category, level: rung, verdict }) => ({
        ...{ id, title, category, level: rung, verdict },
      })),
  };
}

/**
 * What a drift report tells a gate: the managed files that were edited, or are gone.
 *
 * @public
 */
export function driftFacts(report: DriftReport): GateFacts['drift'] {
  const edited = report.layers
    .flatMap(({ files }) => files)
    .filter(
      file =>
        file.class === 'managed' &&
        ['edited', 'edited+outdated', 'conflict', 'missing'].includes(
          file.status,
        ),
    );
  return {
    status: report.status,
    ...(report.reason !== undefined && { reason: report.reason }),
    observedAt: report.observedAt,
    total: edited.length,
    files: edited
      .slice(0, MOST_FILES)
      .map(({ path, status }) => ({ path, status })),
  };
}
