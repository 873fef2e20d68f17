import { findGitProblem, versionProblem } from './findGitProblem';

describe('findGitProblem', () => {
  it('finds nothing wrong with the git of this machine', async () => {
    expect(await findGitProblem()).toBeUndefined();
  });

  it('says that git is missing', async () => {
    const before = { ...process.env };
    process.env = { ...before, PATH: '/nonexistent' };
    try {
      expect(await findGitProblem()).toMatch(
        /git 2\.38 or newer is needed .*install the package 'git'/,
      );
    } finally {
      process.env = before;
    }
  });

  it.each([
    ['git version 2.38.0', true],
    ['git version 2.39.5 (Apple Git-154)', true],
    ['git version 2.55.0.windows.1', true],
    ['git version 3.0.0', true],
    ['git version 2.37.9', false],
    ['git version 2.4.12', false],
    ['git version 1.99.0', false],
    ['something else', false],
  ])('judges "%s"', (version, recent) => {
    expect(versionProblem(version) === undefined).toBe(recent);
  });
});
