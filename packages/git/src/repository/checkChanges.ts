import type { FileChange } from '@goldenpath/engine';
import { GitError } from '../process/GitError';
import { checkWorkTreePath, parentsOf } from './filePath';
import type { TreeFile } from './listTree';

const MAX_CHANGES = 20_000;
const MAX_BYTES = 200_000_000;
const SYMBOLIC_LINK = '120000';
const SUBMODULE = '160000';

/**
 * Checks changes before any of them is looked for in a repository.
 *
 * @throws GitError when there are too many, they are too large, or one has a path that cannot be
 */
export function checkChanges(changes: readonly FileChange[]): void {
  if (changes.length > MAX_CHANGES) {
    throw new GitError(
      `${changes.length} files are to be changed, and at most ${MAX_CHANGES} can be at once`,
    );
  }
  let bytes = 0;
  const seen = new Set<string>();
  for (const { path, content } of changes) {
    checkWorkTreePath(path);
    if (seen.has(path)) {
      throw new GitError(`The path '${path}' is to be changed twice`);
    }
    seen.add(path);
    bytes += content?.byteLength ?? 0;
  }
  if (bytes > MAX_BYTES) {
    throw new GitError(
      `${bytes} bytes are to be written, and at most ${MAX_BYTES} can be at once`,
    );
  }
}

/**
 * Checks that changes fit a tree: nothing is written through a link, into a submodule, or where something else stays.
 *
 * @returns the changes that have an effect: deletions of what is not there are left out
 * @throws GitError
 */
export function changesThatFit(
  changes: readonly FileChange[],
  tree: readonly TreeFile[],
): FileChange[] {
  const modes = new Map(tree.map(({ path, mode }) => [path, mode]));
  const gone = new Set<string>();
  for (const { path, content } of changes) {
    if (modes.get(path) === SUBMODULE) {
      throw new GitError(`'${path}' is a submodule, which is not touched`);
    }
    if (content === null && modes.delete(path)) {
      gone.add(path);
    }
  }
  const written = changes.filter(({ content }) => content !== null);
  const files = new Set(written.map(({ path }) => path));
  const folders = new Set([...modes.keys()].flatMap(allParents));
  for (const { path } of written) {
    if (folders.has(path)) {
      throw new GitError(
        `The file '${path}' cannot be written: there is a folder of that name`,
      );
    }
    for (const folder of parentsOf(path)) {
      const mode = modes.get(folder) ?? (files.has(folder) && '100644');
      if (mode) {
        throw new GitError(
          `The file '${path}' cannot be written: '${folder}' is ${nameOf(
            mode,
          )}, not a folder`,
        );
      }
    }
  }
  return changes.filter(
    ({ path, content }) => content !== null || gone.has(path),
  );
}

function allParents(path: string): string[] {
  return [...parentsOf(path)];
}

function nameOf(mode: string): string {
  if (mode === SYMBOLIC_LINK) {
    return 'a symbolic link';
  }
  return mode === SUBMODULE ? 'a submodule' : 'a file';
}
