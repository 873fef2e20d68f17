import type { FileMode, SourceFile } from '@goldenpath/engine';
import { GitError } from '../process/GitError';
import { checkWorkTreePath } from '../repository/filePath';
import { listTree, type TreeFile } from '../repository/listTree';
import { readBlobs, sizesOfBlobs } from '../repository/readBlobs';
import { findTree, openRepository, resolveCommit } from './LocalRepository';

const DEFAULT_LIMITS = { maxFiles: 20_000, maxBytes: 200_000_000 };

/** @public */
export type ReadRevisionOptions = {
  /** Any folder of the repository. */
  directory: string;
  /** A branch, a tag, a commit, or anything else git takes for one. */
  revision: string;
  /** From the repository's root; all of it if absent. */
  folder?: string;
  /** 20,000 files and 200 MB if absent. */
  limits?: { maxFiles?: number; maxBytes?: number };
  signal?: AbortSignal;
};

/**
 * The files of a folder as they were at a revision. Nothing is checked out. Submodules are left out.
 *
 * @returns the commit, and the files with their paths from the folder
 * @throws GitError when there is no such revision or folder, it is too large, or holds a path that leads out of it
 * @public
 */
export async function readRevision(
  options: ReadRevisionOptions,
): Promise<{ commit: string; files: SourceFile[] }> {
  const { directory, revision, folder, signal } = options;
  const repository = await openRepository(directory);
  const commit = await resolveCommit(repository, revision);
  if (!commit) {
    throw new GitError(
      `There is no revision '${revision}' in ${directory}; in a shallow clone, fetch it first`,
    );
  }
  const run = { gitDir: repository.gitDir, signal };
  const tree = await findTree(repository, commit, folder);
  if (!tree) {
    throw new GitError(`There is no folder '${folder}' at '${revision}'`);
  }
  const listed = (await listTree({ ...run, tree })).filter(isFile);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const names = listed.map(({ name }) => name);
  checkAmount(listed.length, limits.maxFiles, 'files');
  for (const { path } of listed) {
    checkWorkTreePath(path);
  }
  const sizes = await sizesOfBlobs({ ...run, names });
  const bytes = names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  checkAmount(bytes, limits.maxBytes, 'bytes');
  const contents = await readBlobs({ ...run, names });
  return {
    commit,
    files: listed.map(({ path, mode, name }) => ({
      path,
      mode: fileMode(mode),
      content: contents.get(name) ?? new Uint8Array(),
    })),
  };

  function checkAmount(amount: number, most: number, what: string): void {
    if (amount > most) {
      throw new GitError(
        `'${revision}' of ${directory} has ${amount} ${what}, and at most ${most} are read: name a folder of it`,
      );
    }
  }
}

/** Whether an entry of a tree is a file or a link, and no submodule. */
export function isFile({ mode }: Pick<TreeFile, 'mode'>): boolean {
  return mode.startsWith('100') || mode === '120000';
}

/** One of today's modes; old repositories have others. */
export function fileMode(mode: string): FileMode {
  if (mode === '120000' || mode === '100755') {
    return mode;
  }
  return '100644';
}
