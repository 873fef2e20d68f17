import type { DeliveryEvent, IncidentEvent } from './deliveryEvent';
import { onceFor } from './onceFor';
import { normaliseArtifactId } from './shippedVersion';

/** One incident of the entity in the environment. Times in milliseconds since the epoch. */
export interface Incident {
  id: string;
  /** First detected or reported; `undefined` when only its resolution was seen. */
  startedAt?: number;
  resolvedAt?: number;
  /** Its only resolution lies before its start, so that its duration is not known. */
  skewed: boolean;
  causedBy?: { deploymentId?: string; sha?: string };
  changeRelated: boolean;
  /** What ran when it was detected or reported. */
  artifactIds: string[];
  /** Ids of the events it was read from. */
  events: string[];
}

/**
 * When the incident ended: the first resolution after it was last detected. A report filed after a
 * resolution does not reopen it, a new detection does.
 */
function resolutionOf(
  group: readonly IncidentEvent[],
): Pick<Incident, 'startedAt' | 'resolvedAt' | 'skewed'> {
  const resolutions = group
    .filter(({ via }) => via === 'resolved')
    .map(({ at }) => at.getTime());
  const startedAt = group
    .find(({ kind }) => kind === 'incident-opened')
    ?.at.getTime();
  if (startedAt === undefined) {
    return { startedAt, resolvedAt: resolutions[0], skewed: false };
  }
  const reopenedAt =
    group.findLast(({ via }) => via === 'detected')?.at.getTime() ?? startedAt;
  const lastOpenedAt = Math.max(startedAt, reopenedAt);
  const resolvedAt = resolutions.find(at => at >= lastOpenedAt);
  return {
    startedAt,
    resolvedAt,
    skewed:
      resolutions.length > 0 &&
      resolutions.every(resolved => resolved < startedAt),
  };
}

function toIncident(group: readonly IncidentEvent[]): Incident {
  return {
    id: group[0].subjectId,
    ...resolutionOf(group),
    causedBy: group.findLast(({ causedBy }) => causedBy !== undefined)
      ?.causedBy,
    changeRelated:
      group.findLast(({ changeRelated }) => changeRelated !== undefined)
        ?.changeRelated ?? true,
    artifactIds: group
      .filter(({ kind }) => kind === 'incident-opened')
      .flatMap(({ artifactId }) =>
        artifactId === undefined ? [] : [normaliseArtifactId(artifactId)],
      ),
    events: group.map(({ id }) => id),
  };
}

function isIncidentEvent(event: DeliveryEvent): event is IncidentEvent {
  return event.kind === 'incident-opened' || event.kind === 'incident-resolved';
}

const realIncidents = onceFor(({ events }): IncidentEvent[] => {
  const all = events.filter(isIncidentEvent);
  const alerts = new Set(
    all
      .filter(({ burnAlert }) => burnAlert !== undefined)
      .map(({ subjectId }) => subjectId),
  );
  return all.filter(({ subjectId }) => !alerts.has(subjectId));
});

/**
 * Whether all that was told in words of incidents are alerts of an error budget: then there is no source of incidents.
 *
 * @public
 */
export function hasOnlyBurnAlerts(events: readonly DeliveryEvent[]): boolean {
  return events.some(isIncidentEvent) && incidentEventsOf(events).length === 0;
}

/**
 * The events of real incidents. Where any event of a subject is an alert of an error budget, the subject is such an alert
 * and no incident, since a resolution need not repeat it.
 */
export function incidentEventsOf(
  events: readonly DeliveryEvent[],
): readonly IncidentEvent[] {
  return realIncidents({ events });
}

/**
 * The incidents of one environment, by their first event. Events of one incident share `subject.id`; what
 * the latest of them says about the cause counts.
 *
 * @param events - of one entity, in the order of `orderEvents`.
 */
export function readIncidents(
  events: readonly DeliveryEvent[],
  environment: string,
): Incident[] {
  const groups = new Map<string, IncidentEvent[]>();
  for (const event of incidentEventsOf(events)) {
    if (event.environment === environment) {
      const group = groups.get(event.subjectId);
      if (group) {
        group.push(event);
      } else {
        groups.set(event.subjectId, [event]);
      }
    }
  }
  return [...groups.values()].map(toIncident);
}
