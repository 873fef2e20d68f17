import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_BRANCH } from '../addresses';
import { repositoryExists, RepositoryFolder } from './repositoryFolder';
import { runGit } from './runGit';

/**
 * Attributes that outrank a repository's own `.gitattributes`: what `git archive` gives is byte for byte what was
 * pushed, and no file can hide from it.
 */
const ATTRIBUTES =
  '* -export-ignore -export-subst -text -ident -filter -working-tree-encoding\n';

/**
 * Makes an empty bare repository unless there is one. It is made aside and moved into place, so that nobody sees half
 * of it and of two callers at once either may win.
 */
export async function ensureBareRepository(
  folder: RepositoryFolder,
): Promise<void> {
  if (await repositoryExists(folder)) {
    return;
  }
  const aside = await mkdtemp(join(folder.directory, '.new-'));
  try {
    await runGit({
      directory: folder.directory,
      args: [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        '--object-format=sha1',
        `--initial-branch=${DEFAULT_BRANCH}`,
        aside,
      ],
    });
    await mkdir(join(aside, 'info'));
    await writeFile(join(aside, 'info', 'attributes'), ATTRIBUTES);
    await rename(aside, folder.gitDir);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') {
      throw error;
    }
  }
}
