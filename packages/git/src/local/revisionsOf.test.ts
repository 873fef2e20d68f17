import {
  commitFiles,
  git,
  makeFolder,
  makeRepository,
} from '../__testUtils__/repositories';
import { cloneForReading } from './cloneForReading';
import { revisionsOf } from './revisionsOf';

jest.setTimeout(60_000);

describe('revisionsOf', () => {
  it('lists what changed a path, newest first, and what only a tag holds', async () => {
    const folder = makeRepository({ 'a/x.txt': '1\n', 'b.txt': '1\n' });
    const first = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'checkout', '--quiet', '--detach');
    const tagged = commitFiles(folder, { 'a/x.txt': 'tagged\n' });
    git(folder, 'tag', 'v1.0.0');
    git(folder, 'checkout', '--quiet', 'main');
    commitFiles(folder, { 'b.txt': '2\n' });
    const last = commitFiles(folder, { 'a/y.txt': '3\n' });
    const found = await revisionsOf({ directory: folder, path: 'a/' });
    expect(found[0]).toBe(last);
    expect(new Set(found)).toEqual(new Set([last, tagged, first]));
    expect(await revisionsOf({ directory: folder, path: '.' })).toHaveLength(4);
    expect(
      await revisionsOf({ directory: folder, path: '', most: 1 }),
    ).toHaveLength(1);
  });

  it('has nothing to list before the first commit', async () => {
    const folder = makeFolder();
    git(folder, 'init', '--quiet');
    expect(await revisionsOf({ directory: folder, path: '' })).toEqual([]);
  });
});

describe('cloneForReading', () => {
  it('clones with the history and runs nothing of the repository', async () => {
    const folder = makeRepository({ 'a.txt': '1\n' });
    const last = commitFiles(folder, { 'a.txt': '2\n' });
    const directory = makeFolder();
    await expect(
      cloneForReading({ url: `file://${folder}`, directory }),
    ).resolves.toBe(last);
    expect(await revisionsOf({ directory, path: 'a.txt' })).toHaveLength(2);
  });

  it('says what an address looks like', async () => {
    for (const url of ['ext::sh -c id', '--upload-pack=x', '../here']) {
      await expect(
        cloneForReading({ url, directory: makeFolder() }),
      ).rejects.toThrow('no address of a repository');
    }
  });
});
