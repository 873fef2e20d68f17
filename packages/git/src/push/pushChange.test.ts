import type { FileChange } from '@goldenpath/engine';
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commitFiles,
  git,
  makeFolder,
  makeRepository,
} from '../__testUtils__/repositories';
import { pushChange, type PushChangeOptions } from './pushChange';
import { BaseMovedError, ForeignBranchError } from './pushErrors';

jest.setTimeout(60_000);

const BRANCH = 'golden-path/update-service-2.0.0';
const LATIN_E_ACUTE = Buffer.from([0xe9]);

/** A bare remote with a branch `main`, and a developer's clone of it. */
function makeRemote(files?: Record<string, string>) {
  const clone = makeRepository(files);
  const remote = join(makeFolder(), 'service.git');
  git(clone, 'clone', '--quiet', '--bare', clone, remote);
  git(remote, 'config', 'uploadpack.allowFilter', 'true');
  git(clone, 'remote', 'add', 'origin', remote);
  return { remote, clone };
}

function write(path: string, text: string): FileChange {
  return { path, mode: '100644', content: Buffer.from(text) };
}

function remove(path: string): FileChange {
  return { path, mode: '100644', content: null };
}

function optionsFor(
  remote: string,
  files: FileChange[],
  others: Partial<PushChangeOptions> = {},
): PushChangeOptions {
  return {
    remoteUrl: remote,
    allowFileRemote: true,
    baseBranch: 'main',
    branch: BRANCH,
    files,
    message: 'Update to 2.0.0',
    author: { name: 'Golden Path', email: 'golden-path@localhost' },
    date: new Date('2026-11-21T10:00:00.900Z'),
    ...others,
  };
}

describe('pushChange', () => {
  it('pushes one commit on top of the base branch and leaves all other files as they are', async () => {
    const { remote } = makeRemote({
      'README.md': 'hello\n',
      'src/a.ts': 'a\n',
      'src/b.ts': 'b\n',
    });
    const base = git(remote, 'rev-parse', 'main');
    const pushed = await pushChange(
      optionsFor(remote, [
        write('src/a.ts', 'changed\n'),
        { ...write('bin/rün "it"\n.sh', '#!/bin/sh\n'), mode: '100755' },
        remove('src/b.ts'),
        remove('never/was.ts'),
      ]),
    );
    expect(pushed).toEqual({
      commit: git(remote, 'rev-parse', BRANCH),
      baseCommit: base,
      status: 'pushed',
    });
    expect(git(remote, 'rev-parse', `${BRANCH}^`)).toBe(base);
    expect(
      git(remote, 'ls-tree', '-r', '-z', BRANCH)
        .split('\0')
        .filter(Boolean)
        .map(entry => entry.replace(/ .*\t/, ' ')),
    ).toEqual([
      '100644 README.md',
      '100755 bin/rün "it"\n.sh',
      '100644 src/a.ts',
    ]);
    expect(git(remote, 'show', `${BRANCH}:src/a.ts`)).toBe('changed');
    expect(
      git(
        remote,
        'log',
        '-1',
        '--format=%an <%ae> %cn <%ce> %ad %cI %B',
        BRANCH,
      ),
    ).toBe(
      'Golden Path <golden-path@localhost> Golden Path <golden-path@localhost> Sat Nov 21 10:00:00 2026 +0000 2026-11-21T10:00:00+00:00 Update to 2.0.0',
    );
    expect(git(remote, 'rev-parse', 'main')).toBe(base);
    expect(git(remote, 'fsck', '--strict')).toBe('');
  });

  it('does nothing the second time', async () => {
    const { remote } = makeRemote();
    const options = optionsFor(remote, [write('a.txt', 'a\n')]);
    const first = await pushChange(options);
    const second = await pushChange({ ...options, date: new Date() });
    expect(second).toEqual({ ...first, status: 'unchanged' });
  });

  it('makes the same commit of the same change', async () => {
    const { remote } = makeRemote();
    const options = optionsFor(remote, [write('a.txt', 'a\n')]);
    const first = await pushChange(options);
    git(remote, 'update-ref', '-d', `refs/heads/${BRANCH}`);
    expect(await pushChange(options)).toEqual(first);
  });

  it('pushes nothing when the base branch has all of it', async () => {
    const { remote } = makeRemote();
    const base = git(remote, 'rev-parse', 'main');
    expect(
      await pushChange(optionsFor(remote, [write('README.md', 'hello\n')])),
    ).toEqual({ commit: base, baseCommit: base, status: 'unchanged' });
    expect(git(remote, 'branch', '--list', BRANCH)).toBe('');
  });

  it('replaces its own older commit, though the base branch went on', async () => {
    const { remote, clone } = makeRemote();
    await pushChange(optionsFor(remote, [write('a.txt', 'old\n')]));
    const base = commitFiles(clone, { 'b.txt': 'b\n' });
    git(clone, 'push', '--quiet', 'origin', 'main');
    const pushed = await pushChange(
      optionsFor(remote, [write('a.txt', 'new\n')]),
    );
    expect(pushed.baseCommit).toBe(base);
    expect(git(remote, 'rev-parse', BRANCH)).toBe(pushed.commit);
    expect(git(remote, 'rev-parse', `${BRANCH}^`)).toBe(base);
    expect(git(remote, 'show', `${BRANCH}:a.txt`)).toBe('new');
  });

  it('replaces a branch that is part of the base branch', async () => {
    const { remote, clone } = makeRemote();
    git(remote, 'branch', BRANCH, 'main');
    commitFiles(clone, { 'b.txt': 'b\n' });
    git(clone, 'push', '--quiet', 'origin', 'main');
    const pushed = await pushChange(
      optionsFor(remote, [write('a.txt', 'a\n')]),
    );
    expect(git(remote, 'rev-parse', BRANCH)).toBe(pushed.commit);
  });

  it.each([
    ['on top of its own commit', false],
    ['under its own commit, which was rebased', true],
  ])('leaves a branch alone that has a foreign commit %s', async (_, under) => {
    const { remote, clone } = makeRemote();
    const options = optionsFor(remote, [write('a.txt', 'old\n')]);
    await pushChange(options);
    git(clone, 'fetch', '--quiet', 'origin');
    git(
      clone,
      'checkout',
      '--quiet',
      '-B',
      'work',
      under ? 'main' : `origin/${BRANCH}`,
    );
    commitFiles(clone, { 'mine.txt': 'mine\n' }, 'Mine');
    if (under) {
      git(clone, 'cherry-pick', `origin/${BRANCH}`);
    }
    git(clone, 'push', '--quiet', '--force', 'origin', `work:${BRANCH}`);
    const before = git(remote, 'rev-parse', BRANCH);
    // The base goes on, so that the branch starts from a commit that is not its newest
    git(clone, 'checkout', '--quiet', 'main');
    commitFiles(clone, { 'b.txt': 'b\n' });
    git(clone, 'push', '--quiet', 'origin', 'main');
    const change = { ...options, files: [write('a.txt', 'new\n')] };
    await expect(pushChange(change)).rejects.toThrow(ForeignBranchError);
    await expect(pushChange(change)).rejects.toThrow(/dee@example\.com/);
    expect(git(remote, 'rev-parse', BRANCH)).toBe(before);
  });

  it('leaves its own commit alone once somebody else amended it', async () => {
    const { remote, clone } = makeRemote();
    const options = optionsFor(remote, [write('a.txt', 'old\n')]);
    await pushChange(options);
    git(clone, 'fetch', '--quiet', 'origin');
    git(clone, 'checkout', '--quiet', '-B', 'work', `origin/${BRANCH}`);
    writeFileSync(join(clone, 'a.txt'), 'better\n');
    git(clone, 'commit', '--quiet', '--all', '--amend', '--no-edit');
    git(clone, 'push', '--quiet', '--force', 'origin', `work:${BRANCH}`);
    await expect(
      pushChange({ ...options, files: [write('a.txt', 'new\n')] }),
    ).rejects.toThrow(ForeignBranchError);
    expect(git(remote, 'show', `${BRANCH}:a.txt`)).toBe('better');
  });

  it('says when the base branch is not where it was expected', async () => {
    const { remote } = makeRemote();
    const files = [write('a.txt', 'a\n')];
    const expectedBase = git(remote, 'rev-parse', 'main');
    await pushChange(optionsFor(remote, files, { expectedBase }));
    await expect(
      pushChange(optionsFor(remote, files, { expectedBase: '1'.repeat(40) })),
    ).rejects.toThrow(BaseMovedError);
  });

  it('lets several of the same change end well at the same time', async () => {
    const { remote } = makeRemote();
    const options = optionsFor(remote, [write('a.txt', 'a\n')]);
    const results = await Promise.all(
      Array.from({ length: 6 }, () => pushChange(options)),
    );
    const commit = git(remote, 'rev-parse', BRANCH);
    expect(new Set(results.map(result => result.commit))).toEqual(
      new Set([commit]),
    );
    expect(results.some(({ status }) => status === 'pushed')).toBe(true);
  });

  it('refuses to write through a link, where a folder stays, and into git', async () => {
    const { remote, clone } = makeRemote({ 'docs/a.md': 'a\n', file: 'f\n' });
    symlinkSync('/etc', join(clone, 'link'));
    commitFiles(clone, {});
    git(clone, 'push', '--quiet', 'origin', 'main');
    const refusals: [FileChange[], RegExp][] = [
      [[write('link/passwd', 'x')], /'link' is a symbolic link/],
      [[write('file/x', 'x')], /'file' is a file/],
      [[write('docs', 'x')], /there is a folder of that name/],
      [[write('.GIT/config', 'x')], /git's own folder/],
      [[write('../x', 'x')], /segment/],
      [[write('/x', 'x')], /segment/],
      [[write('a', 'x'), write('a', 'y')], /twice/],
      [[write('a', 'x'), write('a/b', 'y')], /'a' is a file/],
    ];
    for (const [files, message] of refusals) {
      await expect(pushChange(optionsFor(remote, files))).rejects.toThrow(
        message,
      );
    }
    const pushed = await pushChange(
      optionsFor(remote, [
        remove('docs/a.md'),
        write('docs', 'now a file\n'),
        remove('link'),
        write('link/a', 'now a folder\n'),
      ]),
    );
    expect(
      git(remote, 'ls-tree', '-r', '--name-only', pushed.commit).split('\n'),
    ).toEqual(['docs', 'file', 'link/a']);
  });

  it('refuses addresses and names that are not allowed', async () => {
    const { remote } = makeRemote();
    const files = [write('a.txt', 'a\n')];
    const refusals: [Partial<PushChangeOptions>, RegExp][] = [
      [{ allowFileRemote: false }, /over http or https/],
      [{ remoteUrl: 'ext::sh -c true' }, /over http or https/],
      [{ remoteUrl: 'ssh://host/a.git' }, /over http or https/],
      [{ remoteUrl: 'nonsense' }, /no URL/],
      [{ baseBranch: 'nowhere' }, /There is no branch 'nowhere'/],
      [{ branch: 'main' }, /branch of its own/],
      [{ branch: 'a b' }, /cannot be the name of a branch/],
      [{ branch: 'x:refs/heads/main' }, /cannot be the name of a branch/],
      [{ branch: '--mirror' }, /cannot be the name of a branch/],
      [{ message: '' }, /needs a message/],
      [{ author: { name: 'a\nb', email: 'c' } }, /author/],
      [{ date: new Date(Number.NaN) }, /date/],
    ];
    for (const [others, message] of refusals) {
      await expect(
        pushChange(optionsFor(remote, files, others)),
      ).rejects.toThrow(message);
    }
    await expect(
      pushChange(optionsFor('https://me:secret@host/a.git', files)),
    ).rejects.toThrow(/^(?!.*secret).*credentials$/);
  });

  it('leaves nothing on the disk and stops when told to', async () => {
    const { remote } = makeRemote();
    const temporaryDirectory = makeFolder();
    const options = optionsFor(remote, [write('a.txt', 'a\n')], {
      temporaryDirectory,
    });
    await pushChange(options);
    const reason = new Error('shut down');
    await expect(
      pushChange({ ...options, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
    expect(readdirSync(temporaryDirectory)).toEqual([]);
  });

  it('keeps files whose names are not UTF-8', async () => {
    const { remote, clone } = makeRemote();
    const name = Buffer.concat([Buffer.from(`${clone}/caf`), LATIN_E_ACUTE]);
    writeFileSync(name, 'x');
    commitFiles(clone, {});
    git(clone, 'push', '--quiet', 'origin', 'main');
    const pushed = await pushChange(
      optionsFor(remote, [write('a.txt', 'a\n')]),
    );
    expect(git(remote, 'diff', '--name-status', 'main', pushed.commit)).toBe(
      'A\ta.txt',
    );
  });

  it('works where the remote takes no filters', async () => {
    const { remote } = makeRemote();
    git(remote, 'config', 'uploadpack.allowFilter', 'false');
    const pushed = await pushChange(
      optionsFor(remote, [write('a.txt', 'a\n')]),
    );
    expect(git(remote, 'rev-parse', BRANCH)).toBe(pushed.commit);
  });

  it('says why the remote does not take the branch', async () => {
    const { remote } = makeRemote();
    const options = optionsFor(remote, [write('a.txt', 'old\n')]);
    await pushChange(options);
    git(remote, 'config', 'receive.denyNonFastForwards', 'true');
    await expect(
      pushChange({ ...options, files: [write('a.txt', 'new\n')] }),
    ).rejects.toThrow(/does not take the branch.*non-fast-forward/);
  });
});
