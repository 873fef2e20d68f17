import type { Deployment } from './deployments';

/** A deployment that took another one back. */
export interface Rollback {
  deployment: Deployment;
  /** `undefined`: what it took back is not among the known deployments. */
  target?: Deployment;
}

/** When each version was first seen, by commit where that is known, else by artifact. */
class VersionHistory {
  readonly #shas = new Map<string, number>();
  readonly #artifacts = new Map<string, number>();

  add({ sha, artifactId }: Deployment): void {
    const age = this.#shas.size + this.#artifacts.size;
    if (sha !== undefined && !this.#shas.has(sha)) {
      this.#shas.set(sha, age);
    }
    if (artifactId !== undefined && !this.#artifacts.has(artifactId)) {
      this.#artifacts.set(artifactId, age);
    }
  }

  /** Whether the version of `a` was first seen before the version of `b`; false when that is not known. */
  isOlder(a: Deployment, b: Deployment): boolean {
    const [ageOfA, ageOfB] =
      a.sha !== undefined && b.sha !== undefined
        ? [this.#shas.get(a.sha), this.#shas.get(b.sha)]
        : [a, b].map(({ artifactId }) => this.#artifacts.get(artifactId ?? ''));
    return ageOfA !== undefined && ageOfB !== undefined && ageOfA < ageOfB;
  }
}

/**
 * What a declared rollback took back: the deployment it names, else the one that was live, which is the
 * latest before it that reached the environment and is no rollback itself.
 */
function declaredTarget(
  rollback: Deployment,
  deployments: readonly Deployment[],
): Deployment | undefined {
  const isBefore = ({ finishedAt }: Deployment) =>
    finishedAt <= rollback.finishedAt;
  if (rollback.rollbackOf !== undefined) {
    const named = deployments.filter(
      deployment =>
        deployment.id === rollback.rollbackOf && deployment !== rollback,
    );
    return named.findLast(isBefore) ?? named[0];
  }
  return deployments.findLast(
    deployment =>
      isBefore(deployment) &&
      deployment !== rollback &&
      !deployment.isRollback &&
      deployment.reached !== false,
  );
}

/**
 * Finds the rollbacks among the deployments of one environment: declared ones, and every succeeded
 * redeployment of an older version less than `windowMs` after the deployment it replaced.
 *
 * @param deployments - by finish time.
 */
export function findRollbacks(
  deployments: readonly Deployment[],
  windowMs: number,
): Rollback[] {
  const rollbacks: Rollback[] = [];
  const versions = new VersionHistory();
  let previous: Deployment | undefined;
  for (const deployment of deployments) {
    if (deployment.isRollback) {
      rollbacks.push({
        deployment,
        target: declaredTarget(deployment, deployments),
      });
    } else if (
      previous &&
      deployment.outcome === 'succeeded' &&
      versions.isOlder(deployment, previous) &&
      deployment.finishedAt - previous.finishedAt < windowMs
    ) {
      rollbacks.push({ deployment, target: previous });
    }
    if (deployment.reached) {
      previous = deployment;
      versions.add(deployment);
    }
  }
  return rollbacks;
}
