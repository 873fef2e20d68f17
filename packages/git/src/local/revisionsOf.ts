import { runGitText } from '../process/runGit';
import { checkFilePath } from '../repository/filePath';
import { openRepository, resolveCommit } from './LocalRepository';

const MOST = 500;

/**
 * The commits below HEAD and the tags that changed anything at a path, newest first; merges count by what they merged.
 *
 * @param options.path - from the repository's root; empty or `.` for all of it
 * @param options.most - 500 if absent
 * @returns nothing before the first commit
 * @throws GitError outside of a repository
 * @public
 */
export async function revisionsOf(options: {
  directory: string;
  path: string;
  most?: number;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { directory, most = MOST, signal } = options;
  const repository = await openRepository(directory);
  if (!(await resolveCommit(repository, 'HEAD'))) {
    return [];
  }
  const path = options.path.replace(/\/+$/, '');
  const everywhere = path === '' || path === '.';
  if (!everywhere) {
    checkFilePath(path);
  }
  const names = await runGitText({
    gitDir: repository.gitDir,
    signal,
    args: [
      ...['rev-list', `--max-count=${most}`, 'HEAD', '--tags'],
      ...['--', ...(everywhere ? [] : [path])],
    ],
  });
  return names.split('\n').filter(name => name !== '');
}
