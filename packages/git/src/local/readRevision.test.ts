import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commitFiles,
  git,
  makeFolder,
  makeRepository,
  textsOf,
} from '../__testUtils__/repositories';
import { readRevision } from './readRevision';

jest.setTimeout(60_000);

describe('readRevision', () => {
  it('reads a folder as it was, with modes and links, and checks nothing out', async () => {
    const folder = makeRepository({
      'templates/a/run.sh': 'run\n',
      'templates/a/ünï "x".txt': 'ünï\n',
      'other.txt': 'other\n',
    });
    git(folder, 'update-index', '--chmod=+x', 'templates/a/run.sh');
    git(folder, 'commit', '--quiet', '-m', 'Executable');
    git(folder, 'tag', 'v1.0.0');
    const commit = git(folder, 'rev-parse', 'HEAD');
    symlinkSync('run.sh', join(folder, 'templates/a/link'));
    commitFiles(folder, { 'templates/a/run.sh': 'faster\n' });
    const read = await readRevision({
      directory: join(folder, 'templates'),
      revision: 'v1.0.0',
      folder: 'templates/a/',
    });
    expect({ ...read, files: textsOf(read.files) }).toEqual({
      commit,
      files: { 'run.sh': 'run\n (100755)', 'ünï "x".txt': 'ünï\n' },
    });
    const now = await readRevision({ directory: folder, revision: 'main' });
    expect(textsOf(now.files)).toMatchObject({
      'other.txt': 'other\n',
      'templates/a/link': 'run.sh (120000)',
      'templates/a/run.sh': 'faster\n',
    });
  });

  it('runs no filter, and lets no attribute of the repository have a say', async () => {
    const folder = makeRepository({
      '.gitattributes': '* filter=shout text eol=crlf\n',
      'a.txt': 'a\n',
    });
    git(folder, 'config', 'filter.shout.smudge', 'tr a-z A-Z');
    git(folder, 'config', 'filter.shout.required', 'true');
    const { files } = await readRevision({
      directory: folder,
      revision: 'HEAD',
    });
    expect(textsOf(files)['a.txt']).toBe('a\n');
  });

  it('leaves submodules out', async () => {
    const folder = makeRepository();
    const commit = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${commit},sub`);
    git(folder, 'commit', '--quiet', '-m', 'Submodule');
    const { files } = await readRevision({
      directory: folder,
      revision: 'HEAD',
    });
    expect(Object.keys(textsOf(files))).toEqual(['README.md']);
  });

  it('says what is not there', async () => {
    const folder = makeRepository();
    for (const revision of ['v9', '', '--all', 'a b', 'HEAD:README.md', '\0']) {
      await expect(
        readRevision({ directory: folder, revision }),
      ).rejects.toThrow(/There is no revision/);
    }
    for (const inside of ['nowhere', 'README.md']) {
      await expect(
        readRevision({ directory: folder, revision: 'HEAD', folder: inside }),
      ).rejects.toThrow(`There is no folder '${inside}' at 'HEAD'`);
    }
    await expect(
      readRevision({ directory: folder, revision: 'HEAD', folder: '../x' }),
    ).rejects.toThrow(/segment/);
    await expect(
      readRevision({ directory: makeFolder(), revision: 'HEAD' }),
    ).rejects.toThrow(/is not in a git repository/);
    await expect(
      readRevision({ directory: join(folder, 'no'), revision: 'HEAD' }),
    ).rejects.toThrow(/is not a folder/);
  });

  it('refuses more than it may read', async () => {
    const folder = makeRepository({ a: 'aaaa', b: 'bbbb', c: 'cccc' });
    const options = { directory: folder, revision: 'HEAD' };
    await expect(
      readRevision({ ...options, limits: { maxFiles: 2 } }),
    ).rejects.toThrow(/has 3 files, and at most 2 are read/);
    await expect(
      readRevision({ ...options, limits: { maxBytes: 11 } }),
    ).rejects.toThrow(/has 12 bytes, and at most 11 are read/);
    const read = await readRevision({ ...options, limits: { maxBytes: 12 } });
    expect(read.files).toHaveLength(3);
  });

  it('names a path that is not UTF-8', async () => {
    const folder = makeRepository();
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9])]),
      'x',
    );
    commitFiles(folder, {});
    await expect(
      readRevision({ directory: folder, revision: 'HEAD' }),
    ).rejects.toThrow(/not UTF-8, rename it: .*caf/);
  });

  it('reads a work tree and a bare repository alike', async () => {
    const folder = makeRepository();
    git(folder, 'worktree', 'add', '--quiet', '-b', 'side', 'linked');
    const bare = join(makeFolder(), 'bare.git');
    git(folder, 'clone', '--quiet', '--bare', folder, bare);
    for (const directory of [join(folder, 'linked'), bare]) {
      const { files } = await readRevision({ directory, revision: 'HEAD' });
      expect(textsOf(files)).toEqual({ 'README.md': 'hello\n' });
    }
  });
});
