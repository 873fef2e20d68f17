import { runGitText } from './process/runGit';

const WANTED = { major: 2, minor: 38 };
const NEEDED = `git ${WANTED.major}.${WANTED.minor} or newer is needed on the PATH`;

/**
 * Says, in one sentence, why the machine's git cannot be used: it is missing or too old.
 *
 * @returns `undefined` when all is well
 * @public
 */
export async function findGitProblem(): Promise<string | undefined> {
  let version: string;
  try {
    version = (await runGitText({ args: ['--version'] })).trim();
  } catch {
    return `${NEEDED}, and it could not be run: install the package 'git'`;
  }
  return versionProblem(version);
}

/** What is wrong with a git that calls itself so. */
export function versionProblem(version: string): string | undefined {
  const match = /^git version (\d+)\.(\d+)/.exec(version);
  const [major, minor] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  const recent =
    major > WANTED.major || (major === WANTED.major && minor >= WANTED.minor);
  return recent
    ? undefined
    : `${NEEDED}, and there is '${version}': update the package 'git'`;
}
