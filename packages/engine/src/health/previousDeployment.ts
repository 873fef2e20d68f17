import type { Deployment } from './deployments';

/** Whether the deployment succeeded in the environment, as opposed to a run that stopped short of it. */
export function hasSucceeded({
  outcome,
  reached,
}: Pick<Deployment, 'outcome' | 'reached'>): boolean {
  return outcome === 'succeeded' && reached !== false;
}

/**
 * The previous deployment of each: the latest succeeded one before it by finish time. `undefined` for the first.
 *
 * @param deployments - of one entity and environment, by finish time.
 */
export function previousDeployments(
  deployments: readonly Deployment[],
): Map<Deployment, Deployment | undefined> {
  const previous = new Map<Deployment, Deployment | undefined>();
  let latest: Deployment | undefined;
  for (const deployment of deployments) {
    previous.set(deployment, latest);
    if (hasSucceeded(deployment)) {
      latest = deployment;
    }
  }
  return previous;
}
