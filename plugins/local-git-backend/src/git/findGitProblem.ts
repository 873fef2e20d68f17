import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './runGit';

const WANTED = { major: 2, minor: 38 };

/**
 * Says, in one sentence, why the installed git cannot serve repositories.
 *
 * @param options.directory - folder of the bare repositories; it need not exist
 * @param options.run - how git is run, for tests
 * @returns `undefined` when all is well
 */
export async function findGitProblem(options: {
  directory: string;
  run?: typeof runGit;
}): Promise<string | undefined> {
  const { directory, run = runGit } = options;
  const wanted = `git ${WANTED.major}.${WANTED.minor} or newer`;
  let version: string;
  let executables: string;
  try {
    version = (await run({ directory, args: ['--version'] })).toString().trim();
    executables = (await run({ directory, args: ['--exec-path'] })).toString();
  } catch {
    return `Serving repositories needs ${wanted} on the PATH of the backend, and it could not be run`;
  }
  if (!isRecent(version)) {
    return `Serving repositories needs ${wanted} on the PATH of the backend, which has '${version}'`;
  }
  const name = process.platform === 'win32' ? '.exe' : '';
  try {
    await access(join(executables.trim(), `git-http-backend${name}`));
  } catch {
    return 'Serving repositories needs git-http-backend, which the installed git lacks; some systems have it in the package git-daemon';
  }
  return undefined;
}

function isRecent(version: string): boolean {
  const match = /^git version (\d+)\.(\d+)/.exec(version);
  if (!match) {
    return false;
  }
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return (
    major > WANTED.major || (major === WANTED.major && minor >= WANTED.minor)
  );
}
