import { RepositoryFolder } from './repositoryFolder';
import { GitError, runGit } from './runGit';

const NOWHERE = '0'.repeat(40);

/**
 * Moves a ref, unless it is no longer where it was looked at.
 *
 * @param options.ref - full name, such as `refs/heads/main`, checked by parseRevision
 * @param options.from - commit it is at now; `null` when it must not exist yet, `undefined` when that does not matter
 * @param options.to - full sha; `null` deletes it
 * @returns whether it was moved
 */
export async function moveRef(
  options: RepositoryFolder & {
    ref: string;
    from?: string | null;
    to: string | null;
  },
): Promise<boolean> {
  const { directory, gitDir, ref, from, to } = options;
  const old = from === undefined ? [] : [from ?? NOWHERE];
  const what = to === null ? ['-d', ref] : [ref, to];
  try {
    const args = ['--git-dir', gitDir, 'update-ref', ...what, ...old];
    await runGit({ directory, args });
    return true;
  } catch (error) {
    // Such as "cannot lock ref 'refs/heads/main': is at 1234 but expected 5678"
    if (error instanceof GitError && /cannot lock ref/.test(error.message)) {
      return false;
    }
    throw error;
  }
}
