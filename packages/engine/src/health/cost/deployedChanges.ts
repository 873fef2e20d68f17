import type { Deployment } from '../deployments';
import {
  hasSucceeded,
  isInWindow,
  type MetricContext,
} from '../metrics/metricContext';

/** The changes that were first deployed in the window. */
export interface DeployedChanges {
  /** Each commit once. */
  count: number;
  /** By the deployment that shipped them first; only those that shipped one. */
  byDeployment: ReadonlyMap<Deployment, number>;
  /** Succeeded deployments of the window that did not say what they shipped. */
  silent: number;
  /** Succeeded deployments of the window. */
  deployments: Deployment[];
}

/** Counts each change at the first succeeded deployment that contains it, if that finished in the window. */
export function countDeployedChanges(context: MetricContext): DeployedChanges {
  const seen = new Set<string>();
  const byDeployment = new Map<Deployment, number>();
  const deployments: Deployment[] = [];
  let count = 0;
  let silent = 0;
  for (const deployment of context.deployments.filter(hasSucceeded)) {
    const before = seen.size;
    for (const { sha } of deployment.changes ?? []) {
      seen.add(sha);
    }
    if (isInWindow(deployment.finishedAt, context)) {
      const shipped = seen.size - before;
      deployments.push(deployment);
      count += shipped;
      silent += deployment.changes === undefined ? 1 : 0;
      if (shipped > 0) {
        byDeployment.set(deployment, shipped);
      }
    }
  }
  return { count, byDeployment, silent, deployments };
}
