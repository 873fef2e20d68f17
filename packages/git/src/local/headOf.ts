import { userEnvironment } from '../process/gitEnvironment';
import { runGit } from '../process/runGit';
import { findRepository, resolveCommit } from './LocalRepository';

/** What is checked out. @public */
export type GitHead = {
  /** Top folder of the work tree. */
  root: string;
  /** Where the folder asked for is in it, with a slash at its end; empty for the root itself. */
  prefix: string;
  /** `undefined` before the first commit. */
  commit: string | undefined;
  /** Whether the work tree has changes that are not committed, or files git does not know and is not told to ignore. */
  dirty: boolean;
  /** `undefined` when no branch is checked out. */
  branch: string | undefined;
};

/**
 * What is checked out in the work tree a folder is in.
 *
 * @remarks
 * No monitor and no hook runs. Filters of the configuration do, as in any `git status`: a file may be told to be changed
 * only by them, git never takes configuration from what it clones, and whose repositories it opens is the user's decision.
 *
 * @returns `undefined` outside of a work tree
 * @throws GitError when git does not open the repository, for one because it belongs to another user
 * @public
 */
export async function headOf(directory: string): Promise<GitHead | undefined> {
  const repository = await findRepository(directory);
  if (!repository?.workTree) {
    return undefined;
  }
  const { root, prefix } = repository.workTree;
  const [commit, status, branch] = await Promise.all([
    resolveCommit(repository, 'HEAD'),
    // The user's own configuration says what is ignored and how files are kept
    runGit({
      directory: root,
      environment: userEnvironment(),
      args: [
        ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'],
        ...['status', '--porcelain', '-z', '--untracked-files=normal'],
        // git looks into a submodule with that one's own settings
        '--ignore-submodules=dirty',
      ],
    }),
    runGit({
      gitDir: repository.gitDir,
      args: ['symbolic-ref', '--quiet', '--short', 'HEAD'],
      allowedExitCodes: [0, 1],
    }),
  ]);
  return {
    root,
    prefix,
    commit,
    dirty: status.stdout.length > 0,
    branch: branch.stdout.toString('utf8').trim() || undefined,
  };
}
