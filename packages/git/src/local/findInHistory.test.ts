import { digestOf } from '@goldenpath/engine';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  commitFiles,
  git,
  makeFolder,
  makeRepository,
  textsOf,
} from '../__testUtils__/repositories';
import { findInHistory } from './findInHistory';

jest.setTimeout(60_000);

function digest(text: string): string {
  return digestOf(Buffer.from(text));
}

describe('findInHistory', () => {
  it('finds contents that paths had once', async () => {
    const folder = makeRepository({
      'services/pay/a.txt': 'first\n',
      'services/pay/b.txt': 'b\n',
      'services/pay/gone [1].txt': 'gone\n',
      'other.txt': 'first\n',
    });
    commitFiles(folder, { 'services/pay/a.txt': 'second\n' });
    commitFiles(folder, { 'services/pay/a.txt': 'third\n' });
    rmSync(join(folder, 'services/pay/gone [1].txt'));
    commitFiles(folder, {});
    const found = await findInHistory({
      directory: folder,
      folder: 'services/pay',
      paths: new Map([
        ['a.txt', digest('first\n')],
        ['b.txt', digest('never\n')],
        ['gone [1].txt', digest('gone\n')],
        ['never.txt', digest('first\n')],
      ]),
    });
    expect(textsOf([...found.values()])).toEqual({
      'a.txt': 'first\n',
      'gone [1].txt': 'gone\n',
    });
    expect([...found.keys()].sort()).toEqual(['a.txt', 'gone [1].txt']);
  });

  it('looks at what a merge brought in', async () => {
    const folder = makeRepository({ 'a.txt': 'first\n' });
    git(folder, 'checkout', '--quiet', '-b', 'side');
    commitFiles(folder, { 'a.txt': 'side\n' });
    git(folder, 'checkout', '--quiet', 'main');
    commitFiles(folder, { 'b.txt': 'b\n' });
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'side');
    commitFiles(folder, { 'a.txt': 'only in the merge\n' });
    commitFiles(folder, { 'a.txt': 'last\n' });
    for (const text of ['side\n', 'only in the merge\n', 'last\n']) {
      const found = await findInHistory({
        directory: folder,
        paths: new Map([['a.txt', digest(text)]]),
      });
      expect(found.size).toBe(1);
    }
  });

  it('goes back no further than it may', async () => {
    const folder = makeRepository({ 'a.txt': 'first\n' });
    commitFiles(folder, { 'a.txt': 'second\n' });
    const options = {
      directory: folder,
      paths: new Map([['a.txt', digest('first\n')]]),
    };
    expect((await findInHistory({ ...options, maxCommits: 1 })).size).toBe(0);
    expect((await findInHistory({ ...options, maxCommits: 2 })).size).toBe(1);
  });

  it('takes more paths than a command line', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 700 }, (_, at) => [
        `${'x'.repeat(120)}/${at}.txt`,
        `${at}\n`,
      ]),
    );
    const folder = makeRepository(files);
    const found = await findInHistory({
      directory: folder,
      paths: new Map(
        Object.entries(files).map(([path, text]) => [path, digest(text)]),
      ),
    });
    expect(textsOf([...found.values()])).toEqual(files);
  });

  it('finds nothing where there is no commit yet', async () => {
    const folder = makeFolder();
    git(folder, 'init', '--quiet');
    const paths = new Map([['a.txt', digest('a')]]);
    expect((await findInHistory({ directory: folder, paths })).size).toBe(0);
    await expect(
      findInHistory({ directory: makeFolder(), paths }),
    ).rejects.toThrow(/is not in a git repository/);
  });
});
