import type { Deployment } from '../deployments';
import { hasSucceeded } from '../metrics/metricContext';
import { ShaIndex } from '../shippedVersion';

/**
 * The releases among the deployments: succeeded ones of a commit or artifact that was not deployed before. One that
 * is taken back to an older version is none, nor is one that says neither commit nor artifact.
 *
 * @param deployments - of one environment, by finish time
 */
export function readReleases(deployments: readonly Deployment[]): Deployment[] {
  const shas = new ShaIndex<true>();
  const artifacts = new Set<string>();
  return deployments.filter(deployment => {
    if (!hasSucceeded(deployment)) {
      return false;
    }
    const { sha, artifactId, isRollback } = deployment;
    const newSha = sha !== undefined && shas.find(sha).length === 0;
    const newArtifact = artifactId !== undefined && !artifacts.has(artifactId);
    if (newSha) {
      shas.add(sha, true);
    }
    if (newArtifact) {
      artifacts.add(artifactId);
    }
    return !isRollback && (newSha || newArtifact);
  });
}
