import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commitFiles,
  git,
  makeFolder,
  makeRepository,
} from '../__testUtils__/repositories';
import {
  createBranchCommit,
  type CreateBranchCommitOptions,
} from './createBranchCommit';

jest.setTimeout(60_000);

const BRANCH = 'golden-path/update-service-2.0.0';

function optionsFor(
  directory: string,
  others: Partial<CreateBranchCommitOptions> = {},
): CreateBranchCommitOptions {
  return {
    directory,
    branch: BRANCH,
    changes: [
      { path: 'src/new.ts', mode: '100755', content: Buffer.from('new\n') },
      { path: 'README.md', mode: '100644', content: null },
    ],
    message: 'Update to 2.0.0',
    author: { name: 'Golden Path', email: 'golden-path@localhost' },
    date: new Date('2026-11-21T10:00:00Z'),
    ...others,
  };
}

describe('createBranchCommit', () => {
  it('makes a branch and touches neither work tree nor index', async () => {
    const folder = makeRepository({ 'README.md': 'hello\n', a: 'a\n' });
    const base = git(folder, 'rev-parse', 'HEAD');
    writeFileSync(join(folder, 'README.md'), 'edited\n');
    writeFileSync(join(folder, 'a'), 'staged\n');
    git(folder, 'add', 'a');
    const status = git(folder, 'status', '--porcelain');
    const made = await createBranchCommit(optionsFor(folder));
    expect(made).toEqual({
      commit: git(folder, 'rev-parse', BRANCH),
      baseCommit: base,
    });
    expect(git(folder, 'rev-parse', `${BRANCH}^`)).toBe(base);
    expect(git(folder, 'diff', '--name-status', 'HEAD', BRANCH)).toBe(
      'D\tREADME.md\nA\tsrc/new.ts',
    );
    expect(git(folder, 'status', '--porcelain')).toBe(status);
    expect(git(folder, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('edited\n');
    expect(git(folder, 'for-each-ref', '--format=%(refname)')).toBe(
      `refs/heads/${BRANCH}\nrefs/heads/main`,
    );
    expect(await createBranchCommit(optionsFor(folder))).toEqual(made);
  });

  it('runs no hook', async () => {
    const folder = makeRepository();
    const hook = join(folder, '.git/hooks/reference-transaction');
    const trace = join(makeFolder(), 'trace');
    writeFileSync(hook, `#!/bin/sh\necho ran >> '${trace}'\n`);
    chmodSync(hook, 0o755);
    await createBranchCommit(optionsFor(folder));
    expect(() => readFileSync(trace)).toThrow(/ENOENT/);
    git(folder, 'branch', 'other');
    expect(readFileSync(trace, 'utf8')).toContain('ran');
  });

  it('leaves a branch alone that holds something else', async () => {
    const folder = makeRepository();
    git(folder, 'branch', BRANCH);
    const before = git(folder, 'rev-parse', BRANCH);
    await expect(createBranchCommit(optionsFor(folder))).rejects.toThrow(
      /There is a branch .* already/,
    );
    expect(git(folder, 'rev-parse', BRANCH)).toBe(before);
    expect(git(folder, 'for-each-ref', 'refs/golden-path')).toBe('');
  });

  it('refuses changes that do not fit, and a repository without a commit', async () => {
    const folder = makeRepository({ file: 'f\n' });
    commitFiles(folder, {});
    const changes = [
      { path: 'file/x', mode: '100644', content: Buffer.from('x') } as const,
    ];
    await expect(
      createBranchCommit(optionsFor(folder, { changes })),
    ).rejects.toThrow(/'file' is a file/);
    const empty = makeFolder();
    git(empty, 'init', '--quiet');
    await expect(createBranchCommit(optionsFor(empty))).rejects.toThrow(
      /has no commit yet/,
    );
  });
});
