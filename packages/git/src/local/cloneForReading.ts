import { userEnvironment } from '../process/gitEnvironment';
import { GitError } from '../process/GitError';
import { runGit, runGitText } from '../process/runGit';

const ALLOWED = ['https:', 'http:', 'ssh:', 'file:'];
const TIMEOUT_MILLISECONDS = 300_000;

/**
 * Clones a repository into an empty folder, bare and with its history, as the machine's user: with the user's keys and
 * credential helpers, and without asking for anything.
 *
 * @returns the commit of its default branch
 * @throws GitError for another address than https, http, ssh or file, and when git cannot clone it
 * @public
 */
export async function cloneForReading(options: {
  url: string;
  directory: string;
  signal?: AbortSignal;
}): Promise<string> {
  const { url, directory, signal } = options;
  if (!URL.canParse(url) || !ALLOWED.includes(new URL(url).protocol)) {
    throw new GitError(
      `'${url}' is no address of a repository: it starts with https://, ssh:// or file://`,
    );
  }
  await runGit({
    environment: userEnvironment(),
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    signal,
    args: [
      ...['-c', 'core.hooksPath=/dev/null', 'clone', '--quiet', '--bare'],
      ...['--template=', '--no-local', '--', url, directory],
    ],
  });
  const commit = await runGitText({
    gitDir: directory,
    signal,
    args: ['rev-parse', '--verify', 'HEAD^{commit}'],
  });
  return commit.trim();
}
