import { createHash } from 'node:crypto';
import { LoadedPath } from '../paths/loadPaths';

/**
 * Changes when other entities may be covered by paths, and not when a path only judges them differently: for that the
 * facts that are stored are enough.
 * @internal
 */
export function coverageDigest(paths: LoadedPath[]): string {
  const covered = paths
    .map(({ path: { metadata, spec } }) =>
      JSON.stringify([metadata.name, spec.appliesTo]),
    )
    .sort();
  return createHash('sha256').update(covered.join('\n')).digest('hex');
}
