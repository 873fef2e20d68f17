import type { HealthReport } from '../model';
import type { DeliveryEvent } from './deliveryEvent';
import { type Deployment, readDeployments } from './deployments';
import { fullEntityRef } from './entityRefForm';
import { orderEvents } from './eventOrder';
import { linkFailures } from './failureLinks';
import { readIncidents } from './incidents';
import { changeFailRate } from './metrics/changeFailRate';
import { changeLeadTime } from './metrics/changeLeadTime';
import { deploymentFrequency } from './metrics/deploymentFrequency';
import { deploymentReworkRate } from './metrics/deploymentReworkRate';
import { failedDeploymentRecoveryTime } from './metrics/failedDeploymentRecoveryTime';
import type {
  MetricContext,
  MetricSettings,
  SourceState,
} from './metrics/metricContext';
import { deliveryFailureRate } from './metrics/deliveryFailureRate';
import { errorBudget } from './metrics/errorBudget';
import { findingsPerRelease } from './metrics/findingsPerRelease';
import { costPerChange } from './metrics/costPerChange';
import { flagStaleness } from './metrics/flagStaleness';
import { rerunRate } from './metrics/rerunRate';
import { approvalWait } from './metrics/approvalWait';
import { toil } from './metrics/toil';
import { offHours } from './metrics/offHours';
import { testTime } from './metrics/testTime';
import { scanTime } from './metrics/scanTime';
import { aiShare } from './metrics/aiShare';
import { timeToRestore } from './metrics/timeToRestore';
import { findReverts, indexShippedCommits } from './repairs';
import { findRollbacks } from './rollbacks';
import { ShaIndex } from './shippedVersion';

const HOUR_MS = 3_600_000;
const DEFAULT_ATTRIBUTION_WINDOW_HOURS = 24;
const DEFAULT_STALE_AFTER_HOURS = 7 * 24;

/** @public */
export interface HealthOptions {
  /**
   * All events of the entity known up to `now`, those before the window included. Order and duplicates do not
   * matter; events after `now`, or with the entity reference of another entity, are passed over.
   */
  events: readonly DeliveryEvent[];
  entityRef: string;
  /** Environment id. */
  environment: string;
  /** Start of the window, inclusive. */
  from: Date;
  /** End of the window, exclusive. */
  to: Date;
  now: Date;
  /** Hours after a deployment in which a failure is put down to it; younger deployments are not judged. */
  attributionWindowHours?: number;
  /** Whether failures linked by time alone count. */
  countSuspected?: boolean;
  /** Whether a source of the kind is connected; without it, whether such an event was ever seen. */
  instrumented?: { deployments?: boolean; incidents?: boolean };
  /** When the source was last heard of, if only by a sign of life; without it, never stale. */
  lastHeard?: { deployments?: Date; incidents?: Date };
  /** Hours of silence after which a source is stale; a week by default. */
  staleAfterHours?: number;
  /** Fast-burn alerts of the entity's error budget, beside those among the events. */
  burnAlerts?: readonly { id: string; startedAt: Date }[];
  /** IANA name of the entity's time zone, for day and week buckets and off-hours; UTC by default. */
  timeZone?: string;
  /** Working time in that zone; by default Monday (1) to Friday, 9 to 18. */
  workingHours?: MetricSettings['workingHours'];
  /** Minutes one manual step takes, by kind, for the estimates of toil; 10 by default. */
  manualMinutes?: Partial<MetricSettings['manualMinutes']>;
  /** Cost of one minute of a pipeline. */
  ciCostPerMinute?: MetricSettings['ciCostPerMinute'];
  /** Days a flag of a type may live, where they differ from Unleash's. */
  flagLifetimes?: Partial<MetricSettings['flagLifetimes']>;
}

/** Unleash's expected lifetimes in days. */
const FLAG_LIFETIMES: MetricSettings['flagLifetimes'] = {
  release: 40,
  experiment: 40,
  operational: 7,
  'kill-switch': null,
  permission: null,
};

function settingsOf(options: HealthOptions): MetricSettings {
  return {
    timeZone: options.timeZone ?? 'UTC',
    workingHours: options.workingHours ?? {
      days: [1, 2, 3, 4, 5],
      start: 9,
      end: 18,
    },
    manualMinutes: {
      trigger: 10,
      rollback: 10,
      retry: 10,
      ...options.manualMinutes,
    },
    ciCostPerMinute: options.ciCostPerMinute,
    flagLifetimes: { ...FLAG_LIFETIMES, ...options.flagLifetimes },
  };
}

function assertOptions(options: HealthOptions): void {
  const { from, to, now } = options;
  for (const [name, date] of Object.entries({ from, to, now })) {
    if (Number.isNaN(date.getTime())) {
      throw new RangeError(`${name} is not a valid date`);
    }
  }
  if (from >= to) {
    throw new RangeError('from must be before to');
  }
  for (const name of ['attributionWindowHours', 'staleAfterHours'] as const) {
    const hours = options[name];
    if (hours !== undefined && !(hours > 0 && Number.isFinite(hours))) {
      throw new RangeError(`${name} must be a number above 0`);
    }
  }
}

function relevantEvents(options: HealthOptions): DeliveryEvent[] {
  const entityRef = fullEntityRef(options.entityRef);
  return orderEvents(
    options.events.filter(
      event =>
        event.at <= options.now &&
        (event.entityRef === undefined || event.entityRef === entityRef),
    ),
  );
}

function sourceState(
  options: HealthOptions,
  kind: 'deployments' | 'incidents',
  everSeen: boolean,
): SourceState {
  if (!(options.instrumented?.[kind] ?? everSeen)) {
    return 'absent';
  }
  const heard = options.lastHeard?.[kind];
  const silence = heard && options.now.getTime() - heard.getTime();
  const limit =
    (options.staleAfterHours ?? DEFAULT_STALE_AFTER_HOURS) * HOUR_MS;
  return silence !== undefined && silence > limit ? 'stale' : 'connected';
}

/** When changes were proposed, by commit. */
function proposals(
  events: readonly DeliveryEvent[],
): MetricContext['proposedAt'] {
  const index = new ShaIndex<number>();
  for (const event of events) {
    if (event.kind === 'change-created') {
      for (const sha of new Set([event.sha, event.subjectId])) {
        if (sha !== undefined) {
          index.add(sha, event.at.getTime());
        }
      }
    }
  }
  return sha => {
    const times = index.find(sha);
    return times.length === 0 ? undefined : Math.min(...times);
  };
}

function evidenceOrder(
  events: readonly DeliveryEvent[],
): MetricContext['orderEvidence'] {
  const positions = new Map<string, number>();
  events.forEach(({ id }, position) => {
    if (!positions.has(id)) {
      positions.set(id, position);
    }
  });
  const positionOf = (id: string) => positions.get(id) ?? events.length;
  return ids =>
    [...new Set(ids)].sort(
      (a, b) => positionOf(a) - positionOf(b) || (a < b ? -1 : 1),
    );
}

function createContext(options: HealthOptions): MetricContext {
  const events = relevantEvents(options);
  const attributionWindowMs =
    (options.attributionWindowHours ?? DEFAULT_ATTRIBUTION_WINDOW_HOURS) *
    HOUR_MS;
  const now = options.now.getTime();
  const deployments = readDeployments(events, options.environment);
  const incidents = readIncidents(events, options.environment);
  const shipped = indexShippedCommits(deployments);
  const rollbacks = findRollbacks(deployments, attributionWindowMs);
  const reverts = findReverts(events, shipped);
  const incidentEvents = events.filter(
    ({ kind }) => kind === 'incident-opened' || kind === 'incident-resolved',
  );
  const failures = linkFailures({
    deployments,
    incidents,
    knownIncidents: new Set(incidentEvents.map(({ subjectId }) => subjectId)),
    rollbacks,
    reverts,
    burnAlerts: (options.burnAlerts ?? [])
      .map(({ id, startedAt }) => ({ id, startedAt: startedAt.getTime() }))
      .filter(({ startedAt }) => startedAt <= now),
    shipped,
    windowMs: attributionWindowMs,
  });
  const rework = new Set<Deployment>([
    ...deployments.filter(
      ({ isRollback, isHotfix, fixes }) =>
        isRollback || isHotfix || fixes.length > 0,
    ),
    ...rollbacks.map(({ deployment }) => deployment),
    ...reverts.map(({ deployment }) => deployment),
  ]);
  const incidentSource = sourceState(
    options,
    'incidents',
    incidentEvents.length > 0,
  );
  const failuresSeen = failures.size > 0 || rework.size > 0;
  return {
    from: options.from.getTime(),
    to: options.to.getTime(),
    now,
    attributionWindowMs,
    countSuspected: options.countSuspected ?? false,
    sources: {
      deployments: sourceState(
        options,
        'deployments',
        events.some(({ kind }) => kind === 'deployment-finished'),
      ),
      incidents: incidentSource,
      failures:
        incidentSource === 'absent' && failuresSeen
          ? 'connected'
          : incidentSource,
    },
    deployments,
    incidents,
    failures,
    rework,
    proposedAt: proposals(events),
    events,
    environment: options.environment,
    settings: settingsOf(options),
    orderEvidence: evidenceOrder(events),
  };
}

/**
 * Computes the downstream health of one entity in one environment over the half-open window `[from, to)`:
 * DORA's five metrics and the time to restore of all incidents. Pure: the same options always give the same
 * report. Durations are in seconds, rates 0 to 1, frequency per day, nothing is rounded. A band comes only
 * with status `ok`; what is not known is never shown as good.
 *
 * @throws RangeError for an empty window, an invalid date or an attribution window that is not above 0.
 *
 * @public
 */
export function computeHealth(options: HealthOptions): HealthReport {
  assertOptions(options);
  const context = createContext(options);
  return {
    entityRef: options.entityRef,
    environment: options.environment,
    window: {
      from: options.from.toISOString(),
      to: options.to.toISOString(),
    },
    metrics: {
      deploymentFrequency: deploymentFrequency(context),
      changeLeadTime: changeLeadTime(context),
      changeFailRate: changeFailRate(context),
      failedDeploymentRecoveryTime: failedDeploymentRecoveryTime(context),
      deploymentReworkRate: deploymentReworkRate(context),
      timeToRestore: timeToRestore(context),
      deliveryFailureRate: deliveryFailureRate(context),
      errorBudget: errorBudget(context),
      findingsPerRelease: findingsPerRelease(context),
      costPerChange: costPerChange(context),
      flagStaleness: flagStaleness(context),
      rerunRate: rerunRate(context),
      approvalWait: approvalWait(context),
      toil: toil(context),
      offHours: offHours(context),
      testTime: testTime(context),
      scanTime: scanTime(context),
      aiShare: aiShare(context),
    },
  };
}
