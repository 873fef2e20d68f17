import type { ChangeEvent, DeliveryEvent } from './deliveryEvent';
import type { DeployedChange, Deployment } from './deployments';
import { previousDeployments } from './previousDeployment';
import { normaliseSha, ShaIndex } from './shippedVersion';

/** Merges in their order, found by the commit they made. */
class MergeLog {
  readonly #merges: ChangeEvent[] = [];
  readonly #positions = new ShaIndex<number>();

  constructor(events: readonly DeliveryEvent[]) {
    for (const event of events) {
      if (event.kind === 'change-merged') {
        const position = this.#merges.push(event) - 1;
        for (const id of new Set([event.sha, event.subjectId])) {
          if (id !== undefined) {
            this.#positions.add(id, position);
          }
        }
      }
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
    const repository = this.#merges[upTo]?.repository?.id;
    return this.#merges
      .slice(after + 1, upTo + 1)
      .filter(
        merge =>
          merge.repository === undefined ||
          repository === undefined ||
          merge.repository.id === repository,
      )
      .map(merge => ({
        sha: normaliseSha(merge.sha ?? merge.subjectId),
        mergedAt: merge.at.getTime(),
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
