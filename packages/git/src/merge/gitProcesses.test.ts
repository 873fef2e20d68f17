import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, textsOf, treeOf } from '../__testUtils__/repositories';
import { GitTreeMerger, type GitTreeMergerOptions } from './GitTreeMerger';

jest.setTimeout(60_000);

const PATH = process.env.PATH ?? '';
const REAL_GIT = execFileSync('sh', ['-c', 'command -v git']).toString().trim();
const TEXT = Array.from({ length: 9 }, (_, at) => `line ${at}\n`).join('');

let started: string;
let temporaryDirectory: string;
let merger: GitTreeMerger | undefined;

afterEach(async () => {
  await merger?.close();
  process.env.PATH = PATH;
});

/** A merger whose git writes down what it is started with, and first does what the script says. */
async function mergerWith(
  script: string,
  options: GitTreeMergerOptions = {},
): Promise<GitTreeMerger> {
  const folder = makeFolder();
  started = join(folder, 'started');
  writeFileSync(
    join(folder, 'git'),
    `#!/bin/sh\nfolder='${folder}'\necho "$$ $*" >> "$folder/started"\n${script}\nexec ${REAL_GIT} "$@"\n`,
    { mode: 0o755 },
  );
  process.env.PATH = `${folder}:${PATH}`;
  temporaryDirectory = makeFolder();
  merger = await GitTreeMerger.create({ temporaryDirectory, ...options });
  writeFileSync(started, '');
  return merger;
}

/** Processes by the command they were started with. */
function processes(command: string): number[] {
  return readFileSync(started, 'utf8')
    .split('\n')
    .filter(line => line.includes(` ${command}`))
    .map(line => Number(line.split(' ')[0]));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until what a merge that failed left behind is gone. */
async function settled(own: GitTreeMerger): Promise<void> {
  await own.mergeTrees({ base: [], ours: [], theirs: [] });
}

async function mergeTree(own: GitTreeMerger, name: string) {
  const { files, conflicts, moves } = await own.mergeTrees({
    base: treeOf({ a: TEXT, b: 'b\n' }),
    ours: treeOf({ [name]: `${name}\n${TEXT}`, b: `${name}\n` }),
    theirs: treeOf({ a: `${TEXT}${name}\n`, b: `b\n${name}\n` }),
  });
  return {
    text: textsOf(files)[name],
    conflicts: conflicts.map(({ paths }) => paths[0]),
    moves: moves.ours,
  };
}

function outcome(name: string) {
  return {
    text: `${name}\n${TEXT}${name}\n`,
    conflicts: ['b'],
    moves: [{ from: 'a', to: name }],
  };
}

async function mergeText(own: GitTreeMerger, line: string): Promise<string> {
  const [, { content }] = await own.mergeContents([
    { base: Buffer.from('x\n'), ...sides('y\n', 'z\n') },
    {
      base: Buffer.from('1\n2\n3\n'),
      ...sides(`${line}\n2\n3\n`, `${line}!\n2\n3\nt\n`),
      favour: 'theirs',
    },
  ]);
  return Buffer.from(content ?? []).toString();
}

function sides(ours: string, theirs: string) {
  return { ours: Buffer.from(ours), theirs: Buffer.from(theirs) };
}

describe('processes of GitTreeMerger', () => {
  it('answers many merges from the same processes, and ends them', async () => {
    const own = await mergerWith('');
    for (let at = 0; at < 5; at++) {
      expect(await mergeTree(own, `n${at}`)).toEqual(outcome(`n${at}`));
      expect(await mergeText(own, `${at}`)).toBe(`${at}!\n2\n3\nt\n`);
    }
    const pids = processes('');
    expect(pids).toHaveLength(5);
    expect(pids.every(isRunning)).toBe(true);
    await own.close();
    expect(pids.some(isRunning)).toBe(false);
    expect(readdirSync(temporaryDirectory)).toEqual([]);
  });

  it('merges on with contents that could be taken for conflict markers', async () => {
    const own = await mergerWith('');
    const line = '<'.repeat(97);
    expect(await mergeText(own, 'a')).toBe('a!\n2\n3\nt\n');
    expect(await mergeText(own, line)).toBe(`${line}!\n2\n3\nt\n`);
    expect(await mergeText(own, 'b')).toBe('b!\n2\n3\nt\n');
    expect(processes('merge-tree')).toHaveLength(2);
  });

  it('starts a process for each merge where git cannot make several', async () => {
    const own = await mergerWith(
      'case "$*" in *merge-tree*--stdin*) echo usage >&2; exit 129;; esac',
    );
    for (let at = 0; at < 3; at++) {
      expect(await mergeTree(own, `n${at}`)).toEqual(outcome(`n${at}`));
      expect(await mergeText(own, `${at}`)).toBe(`${at}!\n2\n3\nt\n`);
    }
    expect(processes('merge-tree')).toHaveLength(7);
    expect(processes('fast-import')).toHaveLength(1);
  });

  it.each(['fast-import', 'merge-tree', 'diff-tree', 'cat-file'])(
    'goes on in a new repository when git %s has died',
    async command => {
      const own = await mergerWith('');
      await mergeTree(own, 'first');
      const [folder] = readdirSync(temporaryDirectory);
      const before = processes('');
      process.kill(processes(command)[0], 'SIGKILL');
      await expect(mergeTree(own, 'second')).rejects.toThrow(
        `git ${command} failed`,
      );
      await settled(own);
      expect(before.some(isRunning)).toBe(false);
      expect(await mergeTree(own, 'third')).toEqual(outcome('third'));
      expect(readdirSync(temporaryDirectory)).not.toContain(folder);
    },
  );

  it.each(['fast-import', 'merge-tree', 'diff-tree', 'cat-file'])(
    'stops all when git %s hangs, and goes on',
    async command => {
      const own = await mergerWith(
        `case "$*" in *${command}*) [ -e "$folder/well" ] || exec sleep 60;; esac`,
        { timeoutMilliseconds: 1500 },
      );
      await expect(mergeTree(own, 'first')).rejects.toThrow(
        `git ${command} took over 1500 ms`,
      );
      await settled(own);
      expect(processes('').some(isRunning)).toBe(false);
      expect(readdirSync(temporaryDirectory)).toEqual([]);
      writeFileSync(join(started, '..', 'well'), '');
      expect(await mergeTree(own, 'second')).toEqual(outcome('second'));
    },
  );

  it('says what git said when it fails', async () => {
    const own = await mergerWith(
      'case "$*" in *diff-tree*) echo "fatal: no luck" >&2; exit 128;; esac',
    );
    await expect(mergeTree(own, 'first')).rejects.toThrow(
      'git diff-tree failed: fatal: no luck',
    );
    await settled(own);
    expect(processes('').some(isRunning)).toBe(false);
  });

  it('stops what is under way when told to', async () => {
    const stop = new AbortController();
    const own = await mergerWith(
      'case "$*" in *merge-tree*) exec sleep 60;; esac',
      { signal: stop.signal },
    );
    const merge = mergeTree(own, 'first');
    setTimeout(() => stop.abort(new Error('enough')), 300);
    await expect(merge).rejects.toThrow('enough');
    await own.close();
    expect(processes('').some(isRunning)).toBe(false);
    expect(readdirSync(temporaryDirectory)).toEqual([]);
  });
});
