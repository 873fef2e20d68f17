import { readBurnAlerts } from './burnAlerts';
import type { DeliveryEvent } from './deliveryEvent';
import { type Deployment, readDeployments } from './deployments';
import { fullEntityRef } from './entityRefForm';
import { orderEvents } from './eventOrder';
import { linkFailures } from './failureLinks';
import { type HealthOptions, settingsOf } from './healthOptions';
import { incidentEventsOf, readIncidents } from './incidents';
import type { MetricContext, SourceState } from './metrics/metricContext';
import { findReverts, indexShippedCommits } from './repairs';
import { findRollbacks } from './rollbacks';
import { ShaIndex } from './shippedVersion';

const HOUR_MS = 3_600_000;
const DEFAULT_ATTRIBUTION_WINDOW_HOURS = 24;
const DEFAULT_STALE_AFTER_HOURS = 7 * 24;

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
  return ids =>
    Array.from(new Set(ids), id => ({
      id,
      position: positions.get(id) ?? events.length,
    }))
      .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
}

/** Reads the events once, for every metric. */
export function createContext(options: HealthOptions): MetricContext {
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
  const incidentEvents = incidentEventsOf(events);
  const alerts = readBurnAlerts(events, options.environment);
  const failures = linkFailures({
    deployments,
    incidents,
    knownIncidents: new Set(incidentEvents.map(({ subjectId }) => subjectId)),
    rollbacks,
    reverts,
    burnAlerts: [
      ...(options.burnAlerts ?? [])
        .map(({ id, startedAt }) => ({ id, startedAt: startedAt.getTime() }))
        .filter(({ startedAt }) => startedAt <= now),
      ...alerts,
    ],
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
  const failuresSeen =
    failures.size > 0 || rework.size > 0 || alerts.length > 0;
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
