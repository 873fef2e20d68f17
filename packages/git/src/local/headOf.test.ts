import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commitFiles,
  git,
  makeFolder,
  makeRepository,
} from '../__testUtils__/repositories';
import { headOf } from './headOf';

jest.setTimeout(60_000);

describe('headOf', () => {
  it('says what is checked out, and where the folder is in it', async () => {
    const folder = makeRepository({ 'services/pay/a.txt': 'a\n' });
    const commit = git(folder, 'rev-parse', 'HEAD');
    const head = { root: folder, commit, dirty: false, branch: 'main' };
    expect(await headOf(folder)).toEqual({ ...head, prefix: '' });
    expect(await headOf(join(folder, 'services/pay'))).toEqual({
      ...head,
      prefix: 'services/pay/',
    });
    git(folder, 'checkout', '--quiet', '--detach');
    expect((await headOf(folder))?.branch).toBeUndefined();
  });

  it('knows changes and new files, but not ignored ones', async () => {
    const folder = makeRepository({ '.gitignore': 'ignored\n', a: 'a\n' });
    writeFileSync(join(folder, 'ignored'), 'x');
    expect((await headOf(folder))?.dirty).toBe(false);
    writeFileSync(join(folder, 'new'), 'x');
    expect((await headOf(folder))?.dirty).toBe(true);
    commitFiles(folder, {});
    writeFileSync(join(folder, 'a'), 'changed\n');
    expect((await headOf(folder))?.dirty).toBe(true);
  });

  it('knows a repository without a commit, and what is no work tree', async () => {
    const empty = makeFolder();
    git(empty, 'init', '--quiet', '--initial-branch=main');
    expect(await headOf(empty)).toEqual({
      root: empty,
      prefix: '',
      commit: undefined,
      dirty: false,
      branch: 'main',
    });
    expect(await headOf(makeFolder())).toBeUndefined();
    expect(await headOf(join(empty, '.git'))).toBeUndefined();
  });

  it('is not led elsewhere by the variables of a hook', async () => {
    const folder = makeRepository();
    const before = { ...process.env };
    process.env.GIT_DIR = join(makeRepository(), '.git');
    process.env.GIT_INDEX_FILE = '/nonexistent/index';
    try {
      expect((await headOf(folder))?.root).toBe(folder);
      expect((await headOf(folder))?.dirty).toBe(false);
    } finally {
      process.env = before;
    }
  });

  // Only root can give a folder to another user
  const itAsRoot = process.getuid?.() === 0 ? it : it.skip;
  itAsRoot(
    'says what to do with a repository of another user',
    refusedUntilTrusted,
  );
});

async function refusedUntilTrusted() {
  const folder = makeRepository();
  chownSync(folder, 12_345, 12_345);
  chownSync(join(folder, '.git'), 12_345, 12_345);
  const before = { ...process.env };
  const home = makeFolder();
  process.env = { ...before, HOME: home };
  try {
    await expect(headOf(folder)).rejects.toThrow(
      `belongs to another user, and git does not open it. If you trust it: git config --global --add safe.directory '${folder}'`,
    );
    writeFileSync(
      join(home, '.gitconfig'),
      `[safe]\n\tdirectory = ${folder}\n`,
    );
    expect((await headOf(folder))?.root).toBe(folder);
  } finally {
    process.env = before;
  }
}
