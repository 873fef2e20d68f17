import { RepositoryFolder } from './repositoryFolder';
import { GitError, runGit } from './runGit';

/** Two commits of a repository, as full shas. */
type Pair = RepositoryFolder & { a: string; b: string };

/** Whether `b` descends from `a`, or is it. */
export async function isAncestor(options: Pair): Promise<boolean> {
  const { a, b } = options;
  const answer = await ask(options, ['merge-base', '--is-ancestor', a, b]);
  return answer !== undefined;
}

/** The commit at which the histories of two commits part; `undefined` when they have none in common. */
export function mergeBase(options: Pair): Promise<string | undefined> {
  return ask(options, ['merge-base', options.a, options.b]);
}

/** How many commits `b` descends from that `a` does not. */
export async function countMissing(options: Pair): Promise<number> {
  const { a, b } = options;
  return Number(await ask(options, ['rev-list', '--count', b, `^${a}`]));
}

/** What git says; `undefined` when it says no, with exit code 1. */
async function ask(
  folder: RepositoryFolder,
  args: string[],
): Promise<string | undefined> {
  const { directory, gitDir } = folder;
  try {
    const output = await runGit({
      directory,
      args: ['--git-dir', gitDir, ...args],
    });
    return output.toString().trim();
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) {
      return undefined;
    }
    throw error;
  }
}
