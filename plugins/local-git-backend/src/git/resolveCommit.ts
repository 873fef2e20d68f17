import { parseRevision } from './revision';
import { RepositoryFolder } from './repositoryFolder';
import { GitError, runGit } from './runGit';

const COMMIT = /^[0-9a-f]{7,40}$/;

/**
 * The commit that a ref names. A branch goes before a tag, a tag before a commit.
 *
 * @returns the full sha, or `undefined` when the repository has no such ref
 * @throws InputError when the text cannot be a ref
 */
export async function resolveCommit(
  options: RepositoryFolder & { ref: string },
): Promise<string | undefined> {
  const ref = parseRevision(options.ref);
  const candidates = [`refs/heads/${ref}`, `refs/tags/${ref}`];
  if (ref === 'HEAD' || COMMIT.test(ref)) {
    candidates.push(ref);
  }
  for (const candidate of candidates) {
    const sha = await verify({ ...options, revision: `${candidate}^{commit}` });
    if (sha) {
      return sha;
    }
  }
  return undefined;
}

/** The commit that a branch is at; `undefined` when there is no such branch. */
export function resolveBranch(
  options: RepositoryFolder & { branch: string },
): Promise<string | undefined> {
  const revision = `refs/heads/${parseRevision(options.branch)}^{commit}`;
  return verify({ ...options, revision });
}

async function verify(
  options: RepositoryFolder & { revision: string },
): Promise<string | undefined> {
  const { directory, gitDir, revision } = options;
  const command = ['rev-parse', '--verify', '--quiet', '--end-of-options'];
  try {
    const args = ['--git-dir', gitDir, ...command, revision];
    return (await runGit({ directory, args })).toString().trim();
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) {
      return undefined;
    }
    throw error;
  }
}
