import { readBurnAlerts } from './burnAlerts';
import type { DeliveryEvent } from './deliveryEvent';
import { type Deployment, readDeployments } from './deployments';
import { fullEntityRef } from './entityRefForm';
import { orderEvents } from './eventOrder';
import { eventsOfKind } from './eventsOfKind';
import { linkFailures } from './failureLinks';
import { type HealthOptions, settingsOf } from './healthOptions';
import { incidentEventsOf, readIncidents } from './incidents';
import type { MetricContext, SourceState } from './metrics/metricContext';
import { findHotfixes, findReverts, indexShippedCommits } from './repairs';
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

/** What was last heard of before this instant, in milliseconds since the epoch, is silent. */
function staleBefore({ now, staleAfterHours }: HealthOptions): number {
  return (
    now.getTime() - (staleAfterHours ?? DEFAULT_STALE_AFTER_HOURS) * HOUR_MS
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
  return heard && heard.getTime() < staleBefore(options)
    ? 'stale'
    : 'connected';
}

/** Whether neither a sign of life nor an event of the entity is recent; without signs of life nobody can tell. */
function isSilent(
  options: HealthOptions,
  events: readonly DeliveryEvent[],
): boolean {
  const { deployments, incidents } = options.lastHeard ?? {};
  const signs = [deployments, incidents].filter(sign => sign !== undefined);
  return (
    signs.length > 0 &&
    [...signs, ...events.slice(-1).map(({ at }) => at)].every(
      time => time.getTime() < staleBefore(options),
    )
  );
}

/** When changes were proposed, by commit. */
function proposals(
  events: readonly DeliveryEvent[],
): MetricContext['proposedAt'] {
  const index = new ShaIndex<number>();
  for (const { sha, subjectId, at } of eventsOfKind(events, 'change-created')) {
    for (const id of new Set([sha ?? subjectId, subjectId])) {
      index.add(id, at.getTime());
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
    ...findHotfixes(events, deployments),
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
        eventsOfKind(events, 'deployment-finished').length > 0,
      ),
      incidents: incidentSource,
      failures:
        incidentSource === 'absent' && failuresSeen
          ? 'connected'
          : incidentSource,
    },
    silent: isSilent(options, events),
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
