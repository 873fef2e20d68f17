import type { DeliveryEvent } from './deliveryEvent';
import type { Deployment } from './deployments';
import { hasSucceeded } from './previousDeployment';
import { ShaIndex } from './shippedVersion';

/** A deployment that ships the revert of a commit shipped before. */
export interface Revert {
  deployment: Deployment;
  /** The deployment that shipped what is reverted. */
  target: Deployment;
  /** Ids of the events of the reverting change. */
  events: string[];
}

/** Finds deployments by a commit they shipped, as head or among their changes. */
export function indexShippedCommits(
  deployments: readonly Deployment[],
): ShaIndex<Deployment> {
  const index = new ShaIndex<Deployment>();
  for (const deployment of deployments) {
    const shas = new Set(deployment.changes?.map(({ sha }) => sha));
    if (deployment.sha !== undefined) {
      shas.add(deployment.sha);
    }
    shas.forEach(sha => index.add(sha, deployment));
  }
  return index;
}

/** The latest of the given deployments that finished by `time`, in milliseconds since the epoch. */
export function latestBy(
  deployments: readonly Deployment[],
  time: number,
): Deployment | undefined {
  return deployments.reduce<Deployment | undefined>(
    (latest, deployment) =>
      deployment.finishedAt <= time &&
      (!latest || deployment.finishedAt >= latest.finishedAt)
        ? deployment
        : latest,
    undefined,
  );
}

/**
 * Finds reverts: changes whose description says "This reverts commit <sha>" of a shipped commit, and that
 * were shipped themselves by a later deployment. Several events of one revert, such as a pull request and the push of its
 * merge, are one.
 */
export function findReverts(
  events: readonly DeliveryEvent[],
  shipped: ShaIndex<Deployment>,
): Revert[] {
  const reverts: Revert[] = [];
  for (const event of events) {
    if (
      (event.kind !== 'change-created' && event.kind !== 'change-merged') ||
      event.reverts.length === 0
    ) {
      continue;
    }
    const shippers = [event.sha, event.subjectId].flatMap(sha =>
      sha === undefined ? [] : shipped.find(sha),
    );
    for (const sha of event.reverts) {
      for (const deployment of new Set(shippers)) {
        const target = latestBy(
          shipped.find(sha).filter(other => other !== deployment),
          deployment.finishedAt,
        );
        const known = reverts.find(
          revert =>
            revert.deployment === deployment && revert.target === target,
        );
        if (known) {
          known.events.push(event.id);
        } else if (target) {
          reverts.push({ deployment, target, events: [event.id] });
        }
      }
    }
  }
  return reverts;
}

/**
 * Finds the deployments that first ship a hotfix: a change that a label or the name of its branch marks as one, as the head
 * of the deployment or among its changes.
 *
 * @param deployments - by finish time.
 */
export function findHotfixes(
  events: readonly DeliveryEvent[],
  deployments: readonly Deployment[],
): Deployment[] {
  const shipped = indexShippedCommits(deployments.filter(hasSucceeded));
  return events.flatMap(event => {
    const isHotfix =
      (event.kind === 'change-created' || event.kind === 'change-merged') &&
      event.purpose === 'hotfix';
    const shippers = isHotfix
      ? [event.sha, event.subjectId].flatMap(sha =>
          sha === undefined ? [] : shipped.find(sha),
        )
      : [];
    return shippers.length === 0
      ? []
      : [
          shippers.reduce((first, other) =>
            other.finishedAt < first.finishedAt ? other : first,
          ),
        ];
  });
}
