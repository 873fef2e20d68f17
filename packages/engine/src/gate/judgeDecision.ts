import type { GateDecision, GateOutcome } from '../model';
import { normaliseArtifactId, ShaIndex } from '../health/shippedVersion';
import type { GateDeployment } from './gateDeployments';

const HOUR_MS = 3_600_000;
const DEFAULT_WINDOW_HOURS = 24;

/** @public */
export interface JudgeDecisionOptions {
  decision: Pick<GateDecision, 'request' | 'at'>;
  /** Those of the entity in the environment, in any order. */
  deployments: readonly GateDeployment[];
  now: Date;
  /** Hours after a deployment in which a failure is put down to it, and in which a decision is acted on; 24 by default. */
  attributionWindowHours?: number;
  /**
   * When the gate was next asked about the same entity and environment: a deployment from then on belongs to that
   * decision, where nothing but the time tells.
   */
  nextAskedAt?: string;
}

type Found = {
  deployment: GateDeployment;
  by: NonNullable<GateOutcome['linkedBy']>;
};

function bySha(
  sha: string,
  deployments: readonly GateDeployment[],
): GateDeployment | undefined {
  const own = new ShaIndex<GateDeployment>();
  const shipped = new ShaIndex<GateDeployment>();
  for (const deployment of deployments) {
    if (deployment.sha !== undefined) {
      own.add(deployment.sha, deployment);
    }
    deployment.shippedShas.forEach(one => shipped.add(one, deployment));
  }
  // What was built from the commit comes before what has it among its changes
  const found = own.find(sha);
  const all = new Set(found.length > 0 ? found : shipped.find(sha));
  return deployments.find(deployment => all.has(deployment));
}

function find(options: JudgeDecisionOptions): Found | undefined {
  const { decision, nextAskedAt } = options;
  const { deploymentId, sha, artifactId } = decision.request;
  const asked = Date.parse(decision.at);
  const sorted = [...options.deployments].sort(
    (a, b) => Date.parse(a.finishedAt) - Date.parse(b.finishedAt),
  );
  const after = sorted.filter(
    ({ finishedAt }) => Date.parse(finishedAt) >= asked,
  );
  if (deploymentId !== undefined) {
    // An attempt of it may have ended before this one was asked for
    const deployment = sorted.findLast(({ id }) => id === deploymentId);
    return deployment && { deployment, by: 'deploymentId' };
  }
  if (sha !== undefined) {
    const deployment = bySha(sha, after);
    return deployment && { deployment, by: 'sha' };
  }
  if (artifactId !== undefined) {
    const wanted = normaliseArtifactId(artifactId);
    const deployment = after.find(
      one =>
        one.artifactId !== undefined &&
        normaliseArtifactId(one.artifactId) === wanted,
    );
    return deployment && { deployment, by: 'artifact' };
  }
  const until = Math.min(
    asked + windowMs(options),
    nextAskedAt === undefined ? Infinity : Date.parse(nextAskedAt),
  );
  const deployment = after.find(
    ({ finishedAt }) => Date.parse(finishedAt) < until,
  );
  return deployment && { deployment, by: 'time' };
}

function windowMs({ attributionWindowHours }: JudgeDecisionOptions): number {
  return (attributionWindowHours ?? DEFAULT_WINDOW_HOURS) * HOUR_MS;
}

/**
 * What became of the deployment a gate was asked about. It is found by its id, else by the commit, else by the artifact;
 * a decision that names none of these is taken to be about the first deployment within the attribution window. Failed as
 * soon as a failure is linked to it; succeeded once the window is over without one; not deployed when nothing went out
 * within the window after the question. Until then it is pending.
 *
 * @public
 */
export function judgeDecision(options: JudgeDecisionOptions): GateOutcome {
  const { decision, now } = options;
  const judgedAt = now.toISOString();
  const found = find(options);
  const age = now.getTime() - Date.parse(decision.at);
  const isOver = age >= windowMs(options);
  if (!found || found.deployment.state === 'stopped-short') {
    return {
      judgedAt,
      result: isOver ? 'not-deployed' : 'pending',
      evidence: found?.deployment.evidence ?? [],
    };
  }
  const { deployment, by } = found;
  const about = {
    judgedAt,
    deploymentId: deployment.id,
    linkedBy: by,
    evidence: deployment.evidence,
  };
  if (deployment.state === 'failed') {
    return { ...about, result: 'failed' };
  }
  const isRipe =
    now.getTime() - Date.parse(deployment.finishedAt) >= windowMs(options);
  return { ...about, result: isRipe ? 'succeeded' : 'pending' };
}
