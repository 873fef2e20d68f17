import { childOf, entriesOf, readTree, textOf, textsOf } from './locatedTree';
import type { Repository } from './repositoryFile';

/** GitHub's lockfile of workflow dependencies. */
export const ACTIONS_LOCK_FILE = '.github/workflows/actions.lock';

/**
 * Reads the lockfile of workflow dependencies, in the shape of its schema v0.0.2 and later: per workflow the keys
 * `owner/repository@ref`, and per key the commit.
 *
 * @returns whether a workflow's dependency is locked to a commit: nothing is without a lockfile, and with one that cannot
 * be read the answer is `undefined`.
 */
export function readActionsLock(
  repository: Repository,
): (workflow: string, key: string) => boolean | undefined {
  const documents = readTree(repository, ACTIONS_LOCK_FILE, 'yaml');
  if (typeof documents === 'string') {
    return () => (documents === 'absent' ? false : undefined);
  }
  const [lock] = documents;
  const resolved = new Set(
    entriesOf(childOf(lock, 'dependencies'))
      .filter(([, { node }]) =>
        /^(sha1-[0-9a-f]{40}|sha256-[0-9a-f]{64})$/.test(
          textOf(childOf(node, 'commit')) ?? '',
        ),
      )
      .map(([key]) => key),
  );
  const byWorkflow = new Map(
    entriesOf(childOf(lock, 'workflows')).map(([path, { node }]) => [
      path,
      new Set(textsOf(node)),
    ]),
  );
  return (workflow, key) =>
    resolved.has(key) && byWorkflow.get(workflow)?.has(key) === true;
}
