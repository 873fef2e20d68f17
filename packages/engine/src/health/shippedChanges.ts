import type { ChangeEvent, DeliveryEvent } from './deliveryEvent';
import type { DeployedChange, Deployment } from './deployments';
import { eventsOfKind } from './eventsOfKind';
import { previousDeployments } from './previousDeployment';
import { normaliseSha, ShaIndex } from './shippedVersion';

/** One commit that came into the code; times in milliseconds since the epoch. */
interface Merge {
  sha?: string;
  subjectId: string;
  repository?: string;
  mergedAt: number;
  /** Author time of its first commit, where an event of it says so. */
  committedAt?: number;
}

/**
 * Merges in their order, found by the commit they made. A pull request and the push of its merge are two events of one
 * merge: it has the place of the first, and begins with the first commit that either names.
 */
class MergeLog {
  readonly #merges: Merge[] = [];
  readonly #positions = new ShaIndex<number>();
  readonly #byId = new Map<string, Merge>();

  constructor(events: readonly DeliveryEvent[]) {
    for (const event of eventsOfKind(events, 'change-merged')) {
      const known = this.#knownAs(event);
      if (known) {
        this.#extend(known, event);
      } else {
        this.#add(event);
      }
    }
  }

  #knownAs({ sha, subjectId }: ChangeEvent): Merge | undefined {
    const known = this.#byId.get(normaliseSha(sha ?? subjectId));
    if (known) {
      return known;
    }
    const named = this.#byId.get(normaliseSha(subjectId));
    return named?.sha === undefined ? named : undefined;
  }

  #add(event: ChangeEvent): void {
    const { sha, subjectId, at, startedAt, repository } = event;
    const merge = {
      sha,
      subjectId,
      repository: repository?.id,
      mergedAt: at.getTime(),
      committedAt: startedAt?.getTime(),
    };
    const position = this.#merges.push(merge) - 1;
    for (const id of new Set([sha, subjectId])) {
      if (id !== undefined) {
        this.#byId.set(normaliseSha(id), merge);
        this.#positions.add(id, position);
      }
    }
  }

  #extend(merge: Merge, { sha, startedAt, repository }: ChangeEvent): void {
    const committed = startedAt?.getTime() ?? Infinity;
    merge.repository ??= repository?.id;
    if (committed < (merge.committedAt ?? Infinity)) {
      merge.committedAt = committed;
    }
    if (merge.sha === undefined && sha !== undefined) {
      merge.sha = sha;
      this.#byId.set(normaliseSha(sha), merge);
      this.#positions.add(sha, this.#merges.indexOf(merge));
    }
  }

  get isEmpty(): boolean {
    return this.#merges.length === 0;
  }

  positionOf({ sha }: Deployment): number | undefined {
    const positions = sha === undefined ? [] : this.#positions.find(sha);
    return positions.length === 0 ? undefined : Math.max(...positions);
  }

  /** The merges after one position up to another, into the repository of the latter. */
  between(after: number, upTo: number): DeployedChange[] {
    const target = this.#merges[upTo]?.repository;
    return this.#merges
      .slice(after + 1, upTo + 1)
      .filter(
        ({ repository }) =>
          repository === undefined ||
          target === undefined ||
          repository === target,
      )
      .map(({ sha, subjectId, mergedAt, committedAt }) => ({
        sha: normaliseSha(sha ?? subjectId),
        mergedAt,
        ...(committedAt !== undefined && { committedAt }),
      }));
  }
}

/**
 * Fills in what deployments ship whose sender did not say: the changes merged after the one the previous succeeded
 * deployment runs, up to its own. On a trunk that only merges move this is what git reaches from one commit and not from
 * the other. An older version ships nothing new. Without a previous deployment, or when the merge of either is not known,
 * the changes stay unknown.
 *
 * @param deployments - of one entity and environment, by finish time.
 * @param events - of the entity, in the order of `orderEvents`.
 */
export function withDerivedChanges(
  deployments: Deployment[],
  events: readonly DeliveryEvent[],
): Deployment[] {
  const log = new MergeLog(events);
  if (log.isEmpty) {
    return deployments;
  }
  for (const [deployment, previous] of previousDeployments(deployments)) {
    const after = previous && log.positionOf(previous);
    const upTo = log.positionOf(deployment);
    if (
      deployment.changes === undefined &&
      after !== undefined &&
      upTo !== undefined
    ) {
      deployment.changes = log.between(after, upTo);
      deployment.changesDerived = true;
    }
  }
  return deployments;
}
