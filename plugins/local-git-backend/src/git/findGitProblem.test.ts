import { makeFolder } from '../__testUtils__/gitClient';
import { findGitProblem } from './findGitProblem';
import { runGit } from './runGit';

describe('findGitProblem', () => {
  const directory = '/nowhere';

  function problemOf(version: string, executables?: string) {
    return findGitProblem({
      directory,
      run: async ({ args }) =>
        args[0] === '--version'
          ? Buffer.from(`${version}\n`)
          : Buffer.from(
              executables ?? (await runGit({ directory, args })).toString(),
            ),
    });
  }

  it.each([
    'git version 2.38.0',
    'git version 2.39.5 (Apple Git-154)',
    'git version 2.47.1.windows.1',
    'git version 3.0.0',
  ])('finds none in %s', async version => {
    expect(await problemOf(version)).toBeUndefined();
  });

  it.each(['git version 2.37.9', 'git version 1.99.0', 'not git'])(
    'finds %s too old',
    async version => {
      expect(await problemOf(version)).toBe(
        `Serving repositories needs git 2.38 or newer on the PATH of the backend, which has '${version}'`,
      );
    },
  );

  it('names the part that some systems package apart', async () => {
    expect(await problemOf('git version 2.40.0', await makeFolder())).toMatch(
      /needs git-http-backend/,
    );
  });

  it('says so when git cannot be run', async () => {
    const run = () => Promise.reject(new Error('ENOENT'));
    expect(await findGitProblem({ directory, run })).toMatch(
      /could not be run$/,
    );
  });
});
