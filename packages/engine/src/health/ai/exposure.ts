import type { Deployment } from '../deployments';
import type { ChangeIndex, ChangeRecord } from './changes';

/** Whether a deployment ships a change with disclosed AI assistance, and how much it changes. */
export interface Exposure {
  deployment: Deployment;
  exposed: boolean;
  /** Lines added and removed; `undefined` when they are not known of every change. */
  size?: number;
}

function changesOf(
  { changes, sha }: Deployment,
  index: ChangeIndex,
): (ChangeRecord | undefined)[] | undefined {
  if (changes !== undefined) {
    return changes.map(change => index.find(change.sha));
  }
  const head = sha === undefined ? undefined : index.find(sha);
  return head && [head];
}

/**
 * A deployment is exposed when at least one change it ships discloses AI assistance. One that lists no changes is judged
 * by the change of its own commit. `undefined`: it ships changes, and of none is known what it discloses.
 */
export function exposureOf(
  deployment: Deployment,
  index: ChangeIndex,
): Exposure | undefined {
  const changes = changesOf(deployment, index);
  if (
    !changes ||
    (changes.length > 0 &&
      changes.every(change => change?.disclosure === undefined))
  ) {
    return undefined;
  }
  const sizes = changes.map(change => change?.linesChanged);
  return {
    deployment,
    exposed: changes.some(change => change?.disclosure === 'ai-assisted'),
    ...(!sizes.includes(undefined) && {
      size: sizes.reduce<number>((sum, size) => sum + size!, 0),
    }),
  };
}
