import type { HealthOptions } from '../health';
import type { Deployment } from '../health/deployments';
import { createContext } from '../health/healthContext';
import {
  countedLinks,
  hasReached,
  hasSucceeded,
  type MetricContext,
} from '../health/metrics/metricContext';

/** A deployment as a decision is judged by it. @public */
export interface GateDeployment {
  id: string;
  /** ISO 8601. */
  finishedAt: string;
  sha?: string;
  artifactId?: string;
  /** Commits of the changes it shipped. */
  shippedShas: string[];
  /** Whether it reached the environment and succeeded there; one that did neither put nothing at risk. */
  state: 'failed' | 'went-out' | 'stopped-short';
  /** Ids of the events that tell of it, and of its failure. */
  evidence: string[];
}

function stateOf(
  deployment: Deployment,
  context: MetricContext,
): GateDeployment['state'] {
  if (countedLinks(deployment, context).length > 0) {
    return 'failed';
  }
  return hasSucceeded(deployment) && hasReached(deployment, context)
    ? 'went-out'
    : 'stopped-short';
}

/**
 * The deployments of an entity and environment with how each ended: failed by the same links as the change fail rate
 * counts, gone out, or stopped short of the environment.
 *
 * @public
 */
export function gateDeployments(options: HealthOptions): GateDeployment[] {
  const context = createContext(options);
  return context.deployments.map(deployment => ({
    id: deployment.id,
    finishedAt: new Date(deployment.finishedAt).toISOString(),
    ...(deployment.sha !== undefined && { sha: deployment.sha }),
    ...(deployment.artifactId !== undefined && {
      artifactId: deployment.artifactId,
    }),
    shippedShas: (deployment.changes ?? []).map(({ sha }) => sha),
    state: stateOf(deployment, context),
    evidence: context.orderEvidence([
      ...deployment.events,
      ...countedLinks(deployment, context).flatMap(({ evidence }) => evidence),
    ]),
  }));
}
