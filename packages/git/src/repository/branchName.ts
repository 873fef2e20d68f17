import { GitError } from '../process/GitError';
import { runGit } from '../process/runGit';

const MAX_LENGTH = 200;

/**
 * Checks that a text can be the name of a branch, by git's own rules.
 *
 * @returns its whole name, from `refs/`
 * @throws GitError when it cannot
 */
export async function branchRef(name: string): Promise<string> {
  const ref = `refs/heads/${name}`;
  const wellFormed = !name.includes('\0') && !name.startsWith('-');
  if (wellFormed && name.length <= MAX_LENGTH) {
    const { exitCode } = await runGit({
      args: ['check-ref-format', ref],
      allowedExitCodes: [0, 1],
    });
    if (exitCode === 0) {
      return ref;
    }
  }
  throw new GitError(
    `${JSON.stringify(
      name.slice(0, MAX_LENGTH),
    )} cannot be the name of a branch`,
  );
}
