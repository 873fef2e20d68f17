import type { FileChange, SourceFile } from '@goldenpath/engine';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  makeBareRepository,
  makeBlob,
  makeProgram,
  makeTrap,
  makeTree,
  type RawEntry,
} from './__testUtils__/hostileRepositories';
import {
  git,
  makeFolder,
  makeRepository,
  textsOf,
  treeOf,
} from './__testUtils__/repositories';
import { cloneForReading } from './local/cloneForReading';
import { createBranchCommit } from './local/createBranchCommit';
import { findInHistory } from './local/findInHistory';
import { headOf } from './local/headOf';
import { readRevision } from './local/readRevision';
import { revisionsOf } from './local/revisionsOf';
import { GitTreeMerger } from './merge/GitTreeMerger';
import { pushChange } from './push/pushChange';

jest.setTimeout(60_000);

const AUTHOR = { name: 'Golden Path', email: 'golden-path@localhost' };
const DATE = new Date('2026-11-21T10:00:00Z');

/** A repository whose only file has a name, or lies in a folder of a name, that git would refuse. */
function repositoryWith(
  name: string | Buffer,
  mode: RawEntry['mode'] = '100644',
): string {
  return makeBareRepository(repository => {
    const blob = makeBlob(repository, 'hostile\n');
    const object =
      mode === '40000'
        ? makeTree(repository, [{ mode: '100644', name: 'x', object: blob }])
        : blob;
    return makeTree(repository, [{ mode, name, object }]);
  });
}

function read(directory: string): Promise<{ files: SourceFile[] }> {
  return readRevision({ directory, revision: 'main' });
}

function write(path: string, text: string): FileChange {
  return { path, mode: '100644', content: Buffer.from(text) };
}

function branchOn(directory: string, changes: FileChange[]) {
  return createBranchCommit({
    ...{ directory, branch: 'golden-path/x', changes, message: 'Update' },
    ...{ author: AUTHOR, date: DATE },
  });
}

function push(remoteUrl: string, files: FileChange[]) {
  return pushChange({
    ...{ remoteUrl, allowFileRemote: true, files, message: 'Update' },
    ...{ baseBranch: 'main', branch: 'golden-path/x' },
    ...{ author: AUTHOR, date: DATE },
  });
}

const PATHS_THAT_LEAD_ELSEWHERE: [
  shown: string,
  name: string,
  mode: RawEntry['mode'],
][] = [
  ['..', '..', '100644'],
  ['../x', '..', '40000'],
  ['./x', '.', '40000'],
  ['a/../b', 'a/../b', '100644'],
  ['/etc/passwd', '/etc/passwd', '100644'],
  ['.git', '.git', '100644'],
  ['.git/x', '.git', '40000'],
  ['.GIT/x', '.GIT', '40000'],
  ['git~1/x', 'git~1', '40000'],
  ['.g\u200cit/x', '.g\u200cit', '40000'],
  ['.git::$INDEX_ALLOCATION/x', '.git::$INDEX_ALLOCATION', '40000'],
  ['.git. ./x', '.git. .', '40000'],
];

describe('a tree with names that lead elsewhere', () => {
  it.each(PATHS_THAT_LEAD_ELSEWHERE)(
    'is not read, and %j is named',
    async (shown, name, mode) => {
      const repository = repositoryWith(name, mode);
      await expect(read(repository)).rejects.toThrow(JSON.stringify(shown));
    },
  );

  it.each(PATHS_THAT_LEAD_ELSEWHERE)(
    'is not written either: %j',
    async shown => {
      const folder = makeRepository();
      const remote = join(makeFolder(), 'remote.git');
      git(folder, 'clone', '--quiet', '--bare', folder, remote);
      const before = git(remote, 'for-each-ref');
      for (const change of [
        write(shown, 'x'),
        { ...write(shown, 'x'), content: null },
      ]) {
        await expect(branchOn(folder, [change])).rejects.toThrow(
          JSON.stringify(shown),
        );
        await expect(push(remote, [change])).rejects.toThrow(
          JSON.stringify(shown),
        );
      }
      expect(git(remote, 'for-each-ref')).toBe(before);
      expect(git(folder, 'branch', '--list', 'golden-path/*')).toBe('');
    },
  );

  it('does not keep a commit from being put on top, which leaves them as they are', async () => {
    const repository = repositoryWith('..', '40000');
    const { commit } = await branchOn(repository, [write('a.txt', 'a\n')]);
    expect(git(repository, 'ls-tree', '-r', '--name-only', commit)).toBe(
      '../x\na.txt',
    );
    const pushed = await push(repository, [write('b.txt', 'b\n')]).catch(
      (error: Error) => error.message,
    );
    // The branch of above is there already, by the same author
    expect(pushed).toMatchObject({ status: 'pushed' });
  });

  it.each(['../secret', '/etc/passwd', 'a/../../secret', ''])(
    'is not looked for in the history: %j',
    async path => {
      const folder = makeRepository();
      await expect(
        findInHistory({ directory: folder, paths: new Map([[path, 'x']]) }),
      ).rejects.toThrow(JSON.stringify(path));
      const merger = await GitTreeMerger.create();
      try {
        await expect(
          merger.mergeTrees({
            base: [],
            ours: treeOf({ [path]: 'x' }),
            theirs: [],
          }),
        ).rejects.toThrow(JSON.stringify(path));
      } finally {
        await merger.close();
      }
    },
  );
});

describe('a tree with odd names', () => {
  function makeDeepRepository(depth: number): string {
    return makeBareRepository(folder => {
      const path = `${'d/'.repeat(depth)}f`;
      const who = 'Dee Veloper <dee@example.com> 0 +0000';
      execFileSync('git', ['fast-import', '--quiet'], {
        cwd: folder,
        input: `commit refs/heads/deep\ncommitter ${who}\ndata 0\nM 100644 inline ${path}\ndata 5\ndeep\n\n`,
      });
      return git(folder, 'rev-parse', 'deep^{tree}');
    });
  }

  it('is read as it is: control characters, quotes, line ends, 300 bytes, names that differ in case', async () => {
    const names = [
      '-rf',
      'README.md',
      'a\u0001b',
      'line\nend "quoted" \\ \t',
      'n'.repeat(300),
      'readme.MD',
      '\u202etxt.exe',
    ];
    const repository = makeBareRepository(folder => {
      const object = makeBlob(folder, 'odd\n');
      return makeTree(
        folder,
        names.map(name => ({ mode: '100644', name, object })),
      );
    });
    const { files } = await read(repository);
    expect(files.map(({ path }) => path)).toEqual(names);
    const merger = await GitTreeMerger.create();
    try {
      const theirs = files.map(file => ({
        ...file,
        content: Buffer.from('changed\n'),
      }));
      const merged = await merger.mergeTrees({
        base: files,
        ours: files,
        theirs,
      });
      expect(merged.conflicts).toEqual([]);
      expect(merged.files.map(({ path }) => path).sort()).toEqual(
        [...names].sort(),
      );
    } finally {
      await merger.close();
    }
    const { commit } = await branchOn(repository, [write(names[3], 'new\n')]);
    expect(git(repository, 'show', `${commit}:${names[3]}`)).toBe('new');
  });

  it('says which name is not UTF-8', async () => {
    const name = Buffer.concat([Buffer.from('caf'), Buffer.from([0xff])]);
    await expect(read(repositoryWith(name))).rejects.toThrow(
      /not UTF-8, rename it: .*caf/,
    );
  });

  it('reads links without following them, and leaves submodules out', async () => {
    const repository = makeBareRepository(folder =>
      makeTree(folder, [
        { mode: '120000', name: 'a', object: makeBlob(folder, '/etc/passwd') },
        {
          mode: '120000',
          name: 'b',
          object: makeBlob(folder, '../../etc/passwd'),
        },
        { mode: '160000', name: 'c', object: '1'.repeat(40) },
      ]),
    );
    expect(textsOf((await read(repository)).files)).toEqual({
      a: '/etc/passwd (120000)',
      b: '../../etc/passwd (120000)',
    });
    await expect(branchOn(repository, [write('a/x', 'x')])).rejects.toThrow(
      "'a' is a symbolic link",
    );
    await expect(push(repository, [write('c/x', 'x')])).rejects.toThrow(
      "'c' is a submodule",
    );
  });

  it('refuses folders nested so deep that no path names them', async () => {
    await expect(read(makeDeepRepository(2500))).rejects.toThrow(
      /"d\/d\/d.*(4096|too deep|depth)/s,
    );
  });

  it('reads and merges folders nested 2,000 deep', async () => {
    const { files } = await read(makeDeepRepository(2000));
    expect(files).toHaveLength(1);
    const merger = await GitTreeMerger.create();
    try {
      const theirs = [{ ...files[0], content: Buffer.from('deeper\n') }];
      const merged = await merger.mergeTrees({
        base: files,
        ours: files,
        theirs,
      });
      expect(textsOf(merged.files)).toEqual({ [files[0].path]: 'deeper\n' });
    } finally {
      await merger.close();
    }
  });
});

describe('a tree larger than it looks', () => {
  /** Ten thousand million files, in eleven small objects. */
  function makeBomb(): string {
    return makeBareRepository(folder => {
      let object = makeBlob(folder, 'boom\n');
      let mode: RawEntry['mode'] = '100644';
      for (let level = 0; level < 10; level++) {
        const below = { mode, object };
        const entries = Array.from({ length: 10 }, (_, index) => ({
          ...below,
          name: `d${index}`,
        }));
        object = makeTree(folder, entries);
        mode = '40000';
      }
      return object;
    });
  }

  it('is given up, and nothing is written', async () => {
    const bomb = makeBomb();
    await expect(read(bomb)).rejects.toThrow(/git ls-tree wrote more than/);
    await expect(branchOn(bomb, [write('a.txt', 'a\n')])).rejects.toThrow(
      /git ls-tree wrote more than/,
    );
    expect(git(bomb, 'branch', '--list', 'golden-path/*')).toBe('');
    const refs = git(bomb, 'for-each-ref', '--format=%(refname)');
    expect(refs).toBe('refs/heads/main');
  });

  it('is refused by its number of files, and by their size', async () => {
    const many = makeBareRepository(folder => {
      const object = makeBlob(folder, 'x\n');
      return makeTree(
        folder,
        Array.from({ length: 20_001 }, (_, index) => ({
          mode: '100644',
          name: `f${String(index).padStart(6, '0')}`,
          object,
        })),
      );
    });
    await expect(read(many)).rejects.toThrow('has 20001 files');
    // One blob under many names counts as often as it is named
    const large = makeBareRepository(folder => {
      const object = makeBlob(folder, 'x'.repeat(1_000_000));
      return makeTree(
        folder,
        Array.from({ length: 201 }, (_, index) => ({
          mode: '100644',
          name: `f${String(index).padStart(6, '0')}`,
          object,
        })),
      );
    });
    await expect(read(large)).rejects.toThrow('has 201000000 bytes');
  });
});

describe('a repository that is set to run something', () => {
  it('runs nothing while it is read', async () => {
    const { folder, hasRun } = makeTrap();
    const head = git(folder, '-c', 'alias.x=', 'rev-parse', 'HEAD');
    const { commit, files } = await readRevision({
      directory: folder,
      revision: 'HEAD',
    });
    expect(commit).toBe(head);
    expect(textsOf(files)['README.md']).toBe('hello\n');
    expect(await revisionsOf({ directory: folder, path: '.' })).toEqual([head]);
    const sha256 = createHash('sha256').update('hello\n').digest('hex');
    const found = await findInHistory({
      directory: folder,
      paths: new Map([['README.md', `sha256:${sha256}`]]),
    });
    expect([...found.keys()]).toEqual(['README.md']);
    expect(hasRun()).toBe(false);
  });

  it('runs neither monitor nor hook when it is asked for what is checked out', async () => {
    // A filter of the configuration runs here as in any git status; headOf says why
    const { folder, hasRun } = makeTrap({ filters: false });
    expect(await headOf(folder)).toMatchObject({ dirty: false });
    writeFileSync(join(folder, 'new'), 'x');
    expect(await headOf(folder)).toMatchObject({ dirty: true });
    expect(hasRun()).toBe(false);
  });

  it('runs nothing of a repository inside of it', async () => {
    const { folder: inner, hasRun } = makeTrap();
    const outer = makeRepository();
    const commit = git(inner, 'rev-parse', 'HEAD');
    git(outer, 'clone', '--quiet', inner, 'sub');
    appendFileSync(
      join(outer, 'sub', '.git', 'config'),
      readFileSync(join(inner, '.git', 'config')),
    );
    git(outer, 'update-index', '--add', '--cacheinfo', `160000,${commit},sub`);
    git(outer, 'commit', '--quiet', '-m', 'Submodule');
    utimesSync(join(outer, 'sub', 'README.md'), 1, 1);
    const ran = hasRun();
    expect(await headOf(outer)).toMatchObject({ dirty: false });
    expect(hasRun()).toBe(ran);
    expect(ran).toBe(false);
  });

  it('runs nothing where an object is missing that its remote promises', async () => {
    const { program, hasRun } = makeProgram();
    const folder = makeRepository();
    const tree = git(folder, 'rev-parse', 'HEAD^{tree}');
    rmSync(join(folder, '.git', 'objects', tree.slice(0, 2), tree.slice(2)));
    appendFileSync(
      join(folder, '.git', 'config'),
      `[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ${makeFolder()}\n\tuploadpack = ${program}\n\tpromisor = true\n`,
    );
    git(folder, 'config', 'core.repositoryFormatVersion', '1');
    await expect(headOf(folder)).rejects.toThrow(/git status failed/);
    await expect(
      readRevision({ directory: folder, revision: 'HEAD' }),
    ).rejects.toThrow();
    expect(hasRun()).toBe(false);
  });

  it('runs nothing when a branch is made in it, or pushed to it', async () => {
    const { folder, hasRun } = makeTrap();
    const { commit } = await branchOn(folder, [write('a.txt', 'a\n')]);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('hello\n');
    expect(existsSync(join(folder, 'a.txt'))).toBe(false);
    expect(hasRun()).toBe(false);
    expect(git(folder, '--no-pager', 'rev-parse', 'golden-path/x')).toBe(
      commit,
    );
  });

  it('runs nothing when it is cloned, wherever that is done from', async () => {
    const { folder, hasRun } = makeTrap();
    const directory = makeFolder();
    const commit = await cloneForReading({
      url: `file://${folder}`,
      directory,
    });
    expect(hasRun()).toBe(false);
    const { files } = await readRevision({ directory, revision: commit });
    expect(textsOf(files)['README.md']).toBe('hello\n');
    const before = process.cwd();
    process.chdir(folder);
    try {
      await cloneForReading({
        url: `file://${makeRepository()}`,
        directory: makeFolder(),
      });
      await expect(
        cloneForReading({
          url: 'ssh://localhost:1/x.git',
          directory: makeFolder(),
        }),
      ).rejects.toThrow('git clone failed');
      const merger = await GitTreeMerger.create();
      await merger.close();
    } finally {
      process.chdir(before);
    }
    expect(hasRun()).toBe(false);
  });

  it.each([
    'ext::sh -c "touch /tmp/x"',
    'fd::17',
    '--upload-pack=touch /tmp/x',
    'git://localhost/x.git',
    'ssh://-oProxyCommand=true/x.git',
  ])('is not cloned from %j', async url => {
    await expect(
      cloneForReading({ url, directory: makeFolder() }),
    ).rejects.toThrow(/is no address of a repository|strange hostname/);
  });

  it('has no say in a merge with its attributes', async () => {
    const merger = await GitTreeMerger.create();
    try {
      const attributes = {
        '.gitattributes': '* merge=evil filter=evil text eol=crlf -diff\n',
      };
      const merged = await merger.mergeTrees({
        base: treeOf({ ...attributes, a: 'one\ntwo\nthree\n' }),
        ours: treeOf({ ...attributes, a: 'ONE\ntwo\nthree\n' }),
        theirs: treeOf({ ...attributes, a: 'one\ntwo\nTHREE\n', b: 'b\n' }),
      });
      expect(merged.conflicts).toEqual([]);
      expect(textsOf(merged.files)).toMatchObject({ a: 'ONE\ntwo\nTHREE\n' });
    } finally {
      await merger.close();
    }
  });
});

describe('a repository that reaches out', () => {
  it('is not followed through the links of a work tree or of its own folder', async () => {
    const outside = makeFolder();
    writeFileSync(join(outside, 'secret'), 'secret\n');
    const folder = makeRepository();
    symlinkSync(outside, join(folder, 'docs'));
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '-m', 'Link');
    await expect(branchOn(folder, [write('docs/x', 'x')])).rejects.toThrow(
      "'docs' is a symbolic link",
    );
    const { files } = await readRevision({
      directory: folder,
      revision: 'HEAD',
    });
    expect(textsOf(files)).toEqual({
      'README.md': 'hello\n',
      docs: `${outside} (120000)`,
    });
    await expect(
      readRevision({ directory: folder, revision: 'HEAD', folder: 'docs' }),
    ).rejects.toThrow("There is no folder 'docs'");
    expect(readdirSync(outside)).toEqual(['secret']);
  });

  it('is read although its alternates lead nowhere', async () => {
    const folder = makeRepository();
    mkdirSync(join(folder, '.git', 'objects', 'info'), { recursive: true });
    writeFileSync(
      join(folder, '.git', 'objects', 'info', 'alternates'),
      '/etc\n../../../..\n/nonexistent\n"\\\n',
    );
    expect(textsOf((await read(folder)).files)).toEqual({
      'README.md': 'hello\n',
    });
    expect(await headOf(folder)).toMatchObject({ dirty: false });
  });

  it('says that there is no such revision when a ref leads to a file', async () => {
    const folder = makeRepository();
    symlinkSync('/etc/passwd', join(folder, '.git', 'refs', 'heads', 'evil'));
    writeFileSync(
      join(folder, '.git', 'refs', 'heads', 'x'),
      'ref: /etc/passwd',
    );
    for (const revision of ['evil', 'x', '--output=/tmp/x', '@{upstream}']) {
      await expect(
        readRevision({ directory: folder, revision }),
      ).rejects.toThrow(`There is no revision '${revision}'`);
    }
  });
});
