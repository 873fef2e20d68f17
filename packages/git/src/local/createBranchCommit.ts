import type { FileChange } from '@goldenpath/engine';
import { randomUUID } from 'node:crypto';
import { GitError } from '../process/GitError';
import { runGit } from '../process/runGit';
import { branchRef } from '../repository/branchName';
import { checkChanges } from '../repository/checkChanges';
import { checkCommitText, commitChanges } from '../repository/commitChanges';
import { openRepository, resolveCommit } from './LocalRepository';

/** @public */
export type CreateBranchCommitOptions = {
  /** Any folder of the repository. */
  directory: string;
  branch: string;
  /** Paths are from the root of the repository. Deleting what is not there is no error. */
  changes: readonly FileChange[];
  message: string;
  /** Author and committer. */
  author: { name: string; email: string };
  /** Of the commit, in whole seconds. */
  date: Date;
  signal?: AbortSignal;
};

/**
 * Makes a new branch with one commit on top of what is checked out. Work tree, index and the branch that is checked out
 * stay as they are. If the branch is there with this very commit, nothing happens.
 *
 * @throws GitError when there is such a branch with something else, or the changes do not fit
 * @public
 */
export async function createBranchCommit(
  options: CreateBranchCommitOptions,
): Promise<{ commit: string; baseCommit: string }> {
  const { directory, branch, changes, message, author, date, signal } = options;
  const stamp = { ...author, date };
  checkCommitText(stamp, message);
  checkChanges(changes);
  const ref = await branchRef(branch);
  const repository = await openRepository(directory);
  const base = await resolveCommit(repository, 'HEAD');
  if (!base) {
    throw new GitError(`${directory} has no commit yet: make one first`);
  }
  const run = { gitDir: repository.gitDir, signal };
  const pending = `refs/golden-path/pending-${randomUUID()}`;
  try {
    const { commit } = await commitChanges({
      ...run,
      base,
      ref: pending,
      changes,
      stamp,
      message,
    });
    const old = await resolveCommit(repository, ref);
    if (old && old !== commit) {
      throw new GitError(
        `There is a branch '${branch}' already, with something else: delete it or take another name`,
      );
    }
    if (!old) {
      await runGit({
        ...run,
        args: ['update-ref', '--stdin', '-z'],
        input: [`create ${ref}\0${commit}\0`],
      });
    }
    return { commit, baseCommit: base };
  } finally {
    await runGit({
      gitDir: run.gitDir,
      args: ['update-ref', '--no-deref', '-d', pending],
      allowedExitCodes: [0, 1],
    });
  }
}
