import type { DeliveryEvent, DeploymentFinishedEvent } from './deliveryEvent';
import { DEFAULT_ENVIRONMENT } from './environment';
import { eventsOfKind } from './eventsOfKind';
import { withDerivedChanges } from './shippedChanges';
import { normaliseArtifactId, normaliseSha, shaLookup } from './shippedVersion';

/** A change as shipped by a deployment; times in milliseconds since the epoch. */
export interface DeployedChange {
  sha: string;
  committedAt?: number;
  mergedAt?: number;
}

/**
 * One deployment of the entity in the environment, whatever number of attempts and events it took.
 * Times in milliseconds since the epoch.
 */
export interface Deployment {
  id: string;
  /** The last finish of all its attempts. */
  finishedAt: number;
  /** As its last attempt ended. */
  outcome: 'succeeded' | 'failed' | 'cancelled' | 'unknown';
  /** `undefined`: nobody said, and it cannot be told from the kind of event. */
  reached: boolean | undefined;
  isRollback: boolean;
  isHotfix: boolean;
  rollbackOf?: string;
  fixes: string[];
  /** `undefined`: not known what was shipped. */
  changes?: DeployedChange[];
  /** Whether the changes are the merges since the previous succeeded deployment, as the sender listed none. */
  changesDerived?: boolean;
  sha?: string;
  artifactId?: string;
  /** When this very deployment was taken back, under its own id. */
  rolledBackAt?: number;
  /** Ids of the events it was read from. */
  events: string[];
}

function nameOf(event: DeploymentFinishedEvent): string {
  return event.deploymentId ?? event.id;
}

/** The environment per event; one that names none shares that of its deployment. */
function environmentLookup(
  events: readonly DeploymentFinishedEvent[],
): (event: DeploymentFinishedEvent) => string {
  const known = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.environment !== undefined) {
      const environments = known.get(nameOf(event)) ?? new Set();
      known.set(nameOf(event), environments.add(event.environment));
    }
  }
  return event => {
    if (event.environment !== undefined) {
      return event.environment;
    }
    const shared = known.get(nameOf(event));
    return shared?.size === 1 ? [...shared][0] : DEFAULT_ENVIRONMENT;
  };
}

/** Groups attempts. Equal event ids of different sources, used for want of a deployment id, stay apart. */
function groupAttempts(
  events: readonly DeploymentFinishedEvent[],
): DeploymentFinishedEvent[][] {
  const sources = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.deploymentId === undefined) {
      sources.set(
        event.id,
        (sources.get(event.id) ?? new Set()).add(event.source),
      );
    }
  }
  const groups = new Map<string, DeploymentFinishedEvent[]>();
  for (const event of events) {
    const ambiguous =
      event.deploymentId === undefined && sources.get(event.id)!.size > 1;
    const key = JSON.stringify(
      ambiguous ? [event.source, event.id] : [nameOf(event)],
    );
    const group = groups.get(key);
    if (group) {
      group.push(event);
    } else {
      groups.set(key, [event]);
    }
  }
  return [...groups.values()];
}

/** The `rolledback` events of a group that take back the group's own deployment. */
function ownRollbacks(
  group: readonly DeploymentFinishedEvent[],
): DeploymentFinishedEvent[] {
  const id = nameOf(group[0]);
  const others = group.filter(event => event.via !== 'rolledback');
  const takesBackAnother = group.some(
    event =>
      event.purpose === 'rollback' ||
      (event.rollbackOf !== undefined && event.rollbackOf !== id),
  );
  const wasDeployed = others.some(
    event => event.via !== 'pipeline' || event.outcome === 'failure',
  );
  if (others.length === 0 || takesBackAnother) {
    return [];
  }
  return group.filter(
    event =>
      event.via === 'rolledback' && (wasDeployed || event.rollbackOf === id),
  );
}

function outcomeOf(
  attempts: readonly DeploymentFinishedEvent[],
): Deployment['outcome'] {
  const last = attempts.findLast(({ outcome }) => outcome !== 'unknown');
  switch (last?.outcome) {
    case 'success':
      return 'succeeded';
    case 'failure':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    default:
      return 'unknown';
  }
}

/** A service event says by its kind that the environment was reached, a pipeline only by its success. */
function reachOf(
  attempts: readonly DeploymentFinishedEvent[],
): boolean | undefined {
  const reaches = attempts.map(
    ({ reachedProduction, via, outcome }) =>
      reachedProduction ??
      (via !== 'pipeline' || outcome === 'success' ? true : undefined),
  );
  if (reaches.includes(true)) {
    return true;
  }
  return reaches.includes(false) ? false : undefined;
}

function changesOf(
  attempts: readonly DeploymentFinishedEvent[],
): DeployedChange[] | undefined {
  if (attempts.every(({ changes }) => changes === undefined)) {
    return undefined;
  }
  const bySha = new Map<string, DeployedChange>();
  for (const change of attempts.flatMap(({ changes }) => changes ?? [])) {
    const sha = normaliseSha(change.sha);
    const known = bySha.get(sha);
    bySha.set(sha, {
      sha,
      committedAt: known?.committedAt ?? change.committedAt?.getTime(),
      mergedAt: known?.mergedAt ?? change.mergedAt?.getTime(),
    });
  }
  return [...bySha.values()];
}

function toDeployment(
  group: readonly DeploymentFinishedEvent[],
  shaOf: (event: DeploymentFinishedEvent) => string | undefined,
): Deployment {
  const id = nameOf(group[0]);
  const takenBack = ownRollbacks(group);
  const attempts = group.filter(event => !takenBack.includes(event));
  const shas = attempts.map(shaOf).filter(sha => sha !== undefined);
  const artifact = attempts.findLast(
    ({ artifactId }) => artifactId !== undefined,
  )?.artifactId;
  const rollbackOf = attempts.find(
    event => event.rollbackOf !== undefined && event.rollbackOf !== id,
  )?.rollbackOf;
  return {
    id,
    finishedAt: attempts[attempts.length - 1].at.getTime(),
    outcome: outcomeOf(attempts),
    reached: reachOf(attempts),
    isRollback:
      rollbackOf !== undefined ||
      attempts.some(
        event => event.via === 'rolledback' || event.purpose === 'rollback',
      ),
    isHotfix: attempts.some(event => event.purpose === 'hotfix'),
    rollbackOf,
    fixes: [...new Set(attempts.flatMap(({ fixes }) => fixes))],
    changes: changesOf(attempts),
    sha: shas.length === 0 ? undefined : normaliseSha(shas[shas.length - 1]),
    artifactId:
      artifact === undefined ? undefined : normaliseArtifactId(artifact),
    rolledBackAt: takenBack[0]?.at.getTime(),
    events: group.map(event => event.id),
  };
}

/**
 * The deployments of one environment, by finish time. A deployment is what shares entity, environment and
 * deployment id: the same id again is its next attempt, and its last finish counts. Where its sender did not list what it
 * ships, that is taken from the merges since the previous succeeded deployment.
 *
 * @param events - of one entity, in the order of `orderEvents`.
 */
export function readDeployments(
  events: readonly DeliveryEvent[],
  environment: string,
): Deployment[] {
  const finished = eventsOfKind(events, 'deployment-finished');
  const environmentOf = environmentLookup(finished);
  const shaOf = shaLookup(events);
  const deployments = groupAttempts(
    finished.filter(event => environmentOf(event) === environment),
  )
    .map(group => toDeployment(group, shaOf))
    .sort((a, b) => a.finishedAt - b.finishedAt);
  return withDerivedChanges(deployments, events);
}
