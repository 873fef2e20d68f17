import { RepositoryFolder } from './repositoryFolder';
import { runGit } from './runGit';

/** Every branch and the commit it is at. */
export type Branches = ReadonlyMap<string, string>;

/** Reads the branches of a repository; none when nothing was pushed yet. */
export async function listBranches(
  folder: RepositoryFolder,
): Promise<Branches> {
  const output = await runGit({
    directory: folder.directory,
    args: [
      '--git-dir',
      folder.gitDir,
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/heads/',
    ],
  });
  const branches = new Map<string, string>();
  for (const line of output.toString('utf8').split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) {
      branches.set(line.slice(space + 1), line.slice(0, space));
    }
  }
  return branches;
}
