import type { TreeConflict } from '@goldenpath/engine';
import { readdirSync } from 'node:fs';
import {
  type Given,
  makeFolder,
  textsOf,
  treeOf,
} from '../__testUtils__/repositories';
import { GitTreeMerger } from './GitTreeMerger';

jest.setTimeout(60_000);

type Files = Record<string, Given>;

const TEXT = Array.from({ length: 9 }, (_, at) => `line ${at}\n`).join('');
const OTHER = Array.from({ length: 9 }, (_, at) => `word ${at}\n`).join('');

let merger: GitTreeMerger;

beforeAll(async () => {
  merger = await GitTreeMerger.create();
});

afterAll(async () => {
  await merger.close();
});

async function merge(base: Files, ours: Files, theirs: Files) {
  const merged = await merger.mergeTrees({
    base: treeOf(base),
    ours: treeOf(ours),
    theirs: treeOf(theirs),
  });
  return { ...merged, files: textsOf(merged.files) };
}

describe('GitTreeMerger.mergeTrees', () => {
  it('merges changes of different lines, new and deleted files, modes and links', async () => {
    const base = {
      'both.txt': TEXT,
      'same.txt': 'same\n',
      'gone.txt': 'gone\n',
      'run.sh': 'run\n',
      link: ['a', '120000'] as Given,
    };
    expect(
      await merge(
        base,
        {
          ...base,
          'both.txt': TEXT.replace('line 1', 'ours'),
          'mine.txt': 'mine\n',
          'run.sh': ['run\n', '100755'],
        },
        {
          'both.txt': TEXT.replace('line 7', 'theirs'),
          'same.txt': 'same\n',
          'run.sh': 'run\nfaster\n',
          link: ['b', '120000'],
          'new/file.txt': 'new\n',
        },
      ),
    ).toEqual({
      files: {
        'both.txt': TEXT.replace('line 1', 'ours').replace('line 7', 'theirs'),
        link: 'b (120000)',
        'mine.txt': 'mine\n',
        'new/file.txt': 'new\n',
        'run.sh': 'run\nfaster\n (100755)',
        'same.txt': 'same\n',
      },
      conflicts: [],
      moves: { ours: [], theirs: [] },
    });
  });

  it('asks git nothing when all is the same', async () => {
    const merged = await merge({ a: 'x' }, { a: 'x' }, { a: 'x' });
    expect(merged.files).toEqual({ a: 'x' });
    expect((await merge({}, {}, {})).files).toEqual({});
  });

  it('brings an edit along to where the other side moved the file', async () => {
    const edited = TEXT.replace('line 1', 'edited');
    const byUs = await merge({ a: TEXT }, { 'src/a': TEXT }, { a: edited });
    expect(byUs.files).toEqual({ 'src/a': edited });
    expect(byUs.moves).toEqual({
      ours: [{ from: 'a', to: 'src/a' }],
      theirs: [],
    });
    const byThem = await merge({ a: TEXT }, { a: edited }, { 'src/a': TEXT });
    expect(byThem.files).toEqual({ 'src/a': edited });
    expect(byThem.moves).toEqual({
      ours: [],
      theirs: [{ from: 'a', to: 'src/a' }],
    });
    expect([...byUs.conflicts, ...byThem.conflicts]).toEqual([]);
  });

  it('leaves a new file where it is though its folder moved', async () => {
    const base = { 'old/a': TEXT, 'old/b': OTHER };
    const merged = await merge(
      base,
      { ...base, 'old/mine': 'mine\n' },
      { 'new/a': TEXT, 'new/b': OTHER },
    );
    expect(Object.keys(merged.files)).toEqual(['new/a', 'new/b', 'old/mine']);
    expect(merged.conflicts).toEqual([]);
  });

  it('takes empty files for no move of one another', async () => {
    const merged = await merge({ a: '' }, { b: '' }, { a: '' });
    expect(merged.files).toEqual({ b: '' });
    expect(merged.moves.ours).toEqual([]);
  });

  const cases: [
    name: string,
    trees: [base: Files, ours: Files, theirs: Files],
    conflicts: Pick<TreeConflict, 'kind' | 'paths'>[],
  ][] = [
    [
      'the same lines',
      [{ a: 'x\n' }, { a: 'y\n' }, { a: 'z\n' }],
      [{ kind: 'content', paths: ['a'] }],
    ],
    [
      'the same lines of a file that moved',
      [{ a: `${TEXT}x\n` }, { b: `${TEXT}y\n` }, { a: `${TEXT}z\n` }],
      [{ kind: 'content', paths: ['b'] }],
    ],
    [
      'targets of a link',
      [{ a: ['x', '120000'] }, { a: ['y', '120000'] }, { a: ['z', '120000'] }],
      [{ kind: 'content', paths: ['a'] }],
    ],
    [
      'a file that both added',
      [{}, { a: 'y\n' }, { a: 'z\n' }],
      [{ kind: 'add/add', paths: ['a'] }],
    ],
    [
      'a file edited by us and deleted by them',
      [{ a: TEXT }, { a: `${TEXT}more\n` }, {}],
      [{ kind: 'modify/delete', paths: ['a'] }],
    ],
    [
      'a file deleted by us and edited by them',
      [{ a: TEXT }, {}, { a: `${TEXT}more\n` }],
      [{ kind: 'modify/delete', paths: ['a'] }],
    ],
    [
      'a file moved by us and deleted by them',
      [{ a: TEXT }, { b: TEXT }, {}],
      [{ kind: 'rename/delete', paths: ['b', 'a'] }],
    ],
    [
      'a file deleted by us, moved and edited by them',
      [{ a: TEXT }, {}, { b: `${TEXT}more\n` }],
      [{ kind: 'rename/delete', paths: ['b', 'a'] }],
    ],
    [
      'a file moved to two places',
      [{ a: TEXT }, { b: TEXT }, { c: TEXT }],
      [{ kind: 'rename/rename', paths: ['a', 'b', 'c'] }],
    ],
    [
      'two files moved to one place',
      [
        { a: TEXT, b: OTHER },
        { c: TEXT, b: OTHER },
        { a: TEXT, c: OTHER },
      ],
      [{ kind: 'rename/rename', paths: ['c', 'a', 'b'] }],
    ],
    [
      'a file moved by us to where they added one',
      [{ a: TEXT }, { b: TEXT }, { a: TEXT, b: 'new\n' }],
      [{ kind: 'rename/add', paths: ['b', 'a'] }],
    ],
    [
      'a file moved by them to where we added one',
      [{ a: TEXT }, { a: `${TEXT}more\n`, b: 'new\n' }, { b: TEXT }],
      [{ kind: 'rename/add', paths: ['b', 'a'] }],
    ],
    [
      'a file moved and edited by both, where one is added',
      [
        { a: TEXT },
        { b: `ours\n${TEXT}` },
        { a: `theirs\n${TEXT}`, b: 'new\n' },
      ],
      [{ kind: 'rename/add', paths: ['b', 'a'] }],
    ],
    [
      'binary contents',
      [{ a: 'x\0' }, { a: 'y\0' }, { a: 'z\0' }],
      [{ kind: 'binary', paths: ['a'] }],
    ],
    [
      'a file made executable by us and a link by them',
      [{ a: 'x' }, { a: ['x', '100755'] }, { a: ['x', '120000'] }],
      [{ kind: 'mode', paths: ['a', 'a~ours'] }],
    ],
    [
      'modes of a file that both added',
      [{}, { a: 'x\n' }, { a: ['x\n', '100755'] }],
      [{ kind: 'mode', paths: ['a'] }],
    ],
    [
      'a file of ours and a folder of theirs',
      [{}, { a: 'x\n' }, { 'a/b': 'y\n' }],
      [{ kind: 'file/folder', paths: ['a', 'a~ours'] }],
    ],
    [
      'a folder of ours and a file of theirs',
      [{}, { 'a/b': 'y\n' }, { a: 'x\n' }],
      [{ kind: 'file/folder', paths: ['a', 'a~theirs'] }],
    ],
    [
      'a file edited by us that is a folder now',
      [{ a: TEXT }, { a: `${TEXT}more\n` }, { 'a/b': 'y\n' }],
      [{ kind: 'file/folder', paths: ['a', 'a~ours'] }],
    ],
    [
      'a folder edited by us that is a file now',
      [{ 'a/b': TEXT }, { 'a/b': `${TEXT}more\n` }, { a: 'y\n' }],
      [
        { kind: 'file/folder', paths: ['a', 'a~theirs'] },
        { kind: 'modify/delete', paths: ['a/b'] },
      ],
    ],
  ];

  it.each(cases)('says what cannot be merged: %s', async (_, trees, wanted) => {
    const { conflicts } = await merge(...trees);
    expect(conflicts.map(({ kind, paths }) => ({ kind, paths }))).toEqual(
      wanted,
    );
    expect(conflicts.every(({ message }) => message.length > 0)).toBe(true);
  });

  it('keeps an untouched file where git put a conflicting one aside', async () => {
    const kept = { 'a~ours': 'mine\n' };
    const merged = await merge(
      kept,
      { ...kept, a: ['x', '100755'] },
      { ...kept, a: ['y', '120000'] },
    );
    expect(merged.files['a~ours']).toBe('mine\n');
    expect(merged.conflicts.map(({ kind }) => kind)).toEqual(['mode']);
  });

  it('takes every path a tree can have', async () => {
    const paths = [
      'ünï/日本.txt',
      'with "quotes" and \\ too',
      'line\nfeed\ttab\rreturn',
      ' leading and trailing ',
      ':(glob)*',
      '-option',
      '\u{1f600}',
      '\u0001\u007f',
      '.git',
      'a~ours',
      'ref:path',
      '\ufeffbom',
    ];
    const base = Object.fromEntries(paths.map(path => [path, TEXT]));
    const ours = Object.fromEntries(paths.map(path => [path, `o\n${TEXT}`]));
    const theirs = Object.fromEntries(paths.map(path => [path, `${TEXT}t\n`]));
    const merged = await merge(base, ours, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(merged.files).toEqual(
      Object.fromEntries(paths.map(path => [path, `o\n${TEXT}t\n`])),
    );
    const conflicting = Object.fromEntries(paths.map(path => [path, 'x\n']));
    const { conflicts } = await merge({}, ours, conflicting);
    expect(conflicts.flatMap(conflict => conflict.paths)).toEqual(
      [...paths].sort(),
    );
  });

  it('keeps every byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
    const merged = await merger.mergeTrees({
      base: [],
      ours: treeOf({ a: bytes, empty: '', crlf: 'a\r\nb' }),
      theirs: treeOf({ z: 'z' }),
    });
    const [a, crlf, empty] = merged.files;
    expect(Buffer.from(a.content)).toEqual(bytes);
    expect(Buffer.from(crlf.content).toString()).toBe('a\r\nb');
    expect(empty.content).toHaveLength(0);
  });

  it.each([
    ['*.txt merge=union'],
    ['* merge=binary'],
    ['* -merge -text -diff'],
    ['* filter=x text eol=crlf ident working-tree-encoding=UTF-16'],
  ])('lets no .gitattributes with "%s" have a say', async attributes => {
    const base = { '.gitattributes': `${attributes}\n`, 'a.txt': TEXT };
    const ours = TEXT.replace('line 1', 'ours');
    const clean = await merge(
      base,
      { ...base, 'a.txt': ours },
      { ...base, 'a.txt': TEXT.replace('line 8', '$Id$') },
    );
    expect(clean.conflicts).toEqual([]);
    expect(clean.files['a.txt']).toBe(ours.replace('line 8', '$Id$'));
    const { conflicts } = await merge(
      { 'a.txt': TEXT },
      { '.gitattributes': base['.gitattributes'], 'a.txt': ours },
      {
        '.gitattributes': base['.gitattributes'],
        'a.txt': TEXT.replace('line 1', 'theirs'),
      },
    );
    expect(conflicts.map(({ kind }) => kind)).toEqual(['content']);
  });

  it('makes merges asked for together one after the other', async () => {
    const merged = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        merge({ a: TEXT }, { a: `${at}\n${TEXT}` }, { a: `${TEXT}${at}\n` }),
      ),
    );
    expect(merged.map(({ files }) => files.a)).toEqual(
      merged.map((_, at) => `${at}\n${TEXT}${at}\n`),
    );
  });

  it('refuses trees that cannot be', async () => {
    await expect(merge({}, { 'a/../b': '' }, {})).rejects.toThrow(/'\.\.'/);
    await expect(merge({}, { '/a': '' }, {})).rejects.toThrow(/segment/);
    await expect(merge({}, { '\ud800': '' }, {})).rejects.toThrow(/characters/);
    await expect(merge({}, { a: '', 'a/b': '' }, {})).rejects.toThrow(
      "'a' is a file and the folder of 'a/b' at once",
    );
    const twice = [...treeOf({ a: '' }), ...treeOf({ a: '' })];
    await expect(
      merger.mergeTrees({ base: [], ours: twice, theirs: [] }),
    ).rejects.toThrow("The path 'a' is there twice");
  });
});

describe('GitTreeMerger', () => {
  it('refuses too much before git hears of it', async () => {
    const temporaryDirectory = makeFolder();
    const own = await GitTreeMerger.create({ temporaryDirectory });
    const many = Array.from({ length: 100_000 }, (_, at) => ({
      path: `f${at}`,
      mode: '100644' as const,
      content: new Uint8Array(),
    }));
    await expect(
      own.mergeTrees({ base: [], ours: many, theirs: [] }),
    ).rejects.toThrow(/'ours' has 100000 files, and at most 20000/);
    const large = Buffer.alloc(200 * 1024 * 1024);
    await expect(
      own.mergeTrees({ base: [], ours: treeOf({ large }), theirs: [] }),
    ).rejects.toThrow(/at most 200000000/);
    const text = { base: Buffer.from('a'), theirs: Buffer.from('b') };
    await expect(own.mergeContents([{ ...text, ours: large }])).rejects.toThrow(
      /at most 200000000/,
    );
    expect(readdirSync(temporaryDirectory)).toEqual([]);
    await own.close();
  });

  it('works in one repository, renews it, and leaves nothing on the disk', async () => {
    const temporaryDirectory = makeFolder();
    const own = await GitTreeMerger.create({
      temporaryDirectory,
      mergesPerRepository: 3,
    });
    const used = new Set<string>();
    for (let at = 0; at < 5; at++) {
      await own.mergeTrees({
        base: [],
        ours: treeOf({ a: `${at}` }),
        theirs: [],
      });
      const [folder, ...others] = readdirSync(temporaryDirectory);
      expect(others).toEqual([]);
      used.add(folder);
    }
    expect(used.size).toBe(2);
    await own.close();
    expect(readdirSync(temporaryDirectory)).toEqual([]);
    await expect(
      own.mergeTrees({ base: [], ours: [], theirs: [] }),
    ).rejects.toThrow(/closed/);
  });

  it('stops when told to, and goes on after a merge that failed', async () => {
    const trees = { base: [], ours: treeOf({ a: 'x' }), theirs: [] };
    const slow = await GitTreeMerger.create({ timeoutMilliseconds: 0 });
    await expect(slow.mergeTrees(trees)).rejects.toThrow(
      /git fast-import took over 0 ms/,
    );
    await slow.close();
    const stop = new AbortController();
    const own = await GitTreeMerger.create({ signal: stop.signal });
    await own.mergeTrees(trees);
    stop.abort(new Error('enough'));
    await expect(own.mergeTrees(trees)).rejects.toThrow('enough');
    await own.close();
  });
});
