import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  commitFiles,
  makeCheckout,
  makeFolder,
  mustGit,
} from '../__testUtils__/gitClient';
import { ensureBareRepository } from '../git/ensureBareRepository';
import { gitHome } from '../git/gitEnvironment';
import { repositoryFolder } from '../git/repositoryFolder';
import { RepositoryBrowser } from './RepositoryBrowser';

const LIMIT = 512 * 1024;
const name = 'shop';

describe('RepositoryBrowser', () => {
  let browser: RepositoryBrowser;
  let checkout: string;
  let gitDir: string;

  beforeAll(async () => {
    const directory = await makeFolder();
    await mkdir(gitHome(directory));
    const folder = repositoryFolder({ directory, name });
    gitDir = folder.gitDir;
    await ensureBareRepository(folder);
    browser = new RepositoryBrowser({ directory });
    checkout = await makeCheckout();
    await symlink('a.txt', join(checkout, 'link'));
    await commitFiles(checkout, {
      'a.txt': 'a',
      '-odd name\n:(glob)**': 'odd',
      'limit.txt': 'x'.repeat(LIMIT),
      'over.txt': 'x'.repeat(LIMIT + 1),
      'folder/latin.txt': Buffer.from([0xe9]),
    });
    const module = `160000,${'1'.repeat(40)},module`;
    await mustGit(checkout, ['update-index', '--add', '--cacheinfo', module]);
    await mustGit(checkout, ['commit', '--quiet', '--message', 'Add module']);
    await mustGit(checkout, ['push', '--quiet', gitDir, 'HEAD:main']);
  });

  it('tells files, folders, symbolic links and submodules apart', async () => {
    const { items } = await browser.files({ name });

    expect(items.map(item => [item.name, item.type, item.size])).toEqual([
      ['folder', 'folder', null],
      ['-odd name\n:(glob)**', 'file', 3],
      ['a.txt', 'file', 1],
      ['limit.txt', 'file', LIMIT],
      ['link', 'symlink', 5],
      ['module', 'submodule', null],
      ['over.txt', 'file', LIMIT + 1],
    ]);
  });

  it('reads files whatever they are called', async () => {
    const path = '-odd name\n:(glob)**';
    expect(await browser.content({ name, path })).toEqual({
      ref: 'main',
      path,
      size: 3,
      text: 'odd',
    });
  });

  it('gives the text of files up to 512 KiB, if they are text', async () => {
    const textOf = async (path: string) =>
      (await browser.content({ name, path })).text;

    expect(await textOf('limit.txt')).toHaveLength(LIMIT);
    expect(await textOf('over.txt')).toBeNull();
    expect(await textOf('folder/latin.txt')).toBeNull();
  });

  it('finds no file in a folder or submodule, and no folder in a file', async () => {
    const missing = expect.objectContaining({ name: 'NotFoundError' });
    for (const path of ['', 'folder', 'module', 'a.txt/b']) {
      await expect(browser.content({ name, path })).rejects.toThrow(missing);
    }
    for (const path of ['a.txt', 'module', 'nothing']) {
      await expect(browser.files({ name, path })).rejects.toThrow(missing);
    }
  });

  it('gives the newest 50 commits, in time of UTC', async () => {
    for (let count = 0; count < 55; count += 1) {
      const message = `Commit ${count}`;
      const args = ['commit', '--quiet', '--allow-empty', '-m', message];
      const date = '2026-02-03T04:05:06+02:00';
      await mustGit(checkout, args, { GIT_COMMITTER_DATE: date });
    }
    await mustGit(checkout, [
      'push',
      '--quiet',
      gitDir,
      'HEAD:refs/heads/long',
    ]);
    const { items } = await browser.commits({ name, ref: 'long' });

    expect(items).toHaveLength(50);
    expect(items[0]).toMatchObject({
      subject: 'Commit 54',
      at: '2026-02-03T02:05:06.000Z',
    });
    expect(items[49].subject).toBe('Commit 5');
  });
});
