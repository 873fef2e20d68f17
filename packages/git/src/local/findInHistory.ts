import type { SourceFile } from '@goldenpath/engine';
import { createHash } from 'node:crypto';
import { type GitRun, runGit } from '../process/runGit';
import { checkFilePath } from '../repository/filePath';
import { zeroSeparated } from '../repository/listTree';
import { readBlobs, sizesOfBlobs } from '../repository/readBlobs';
import { openRepository, resolveCommit } from './LocalRepository';
import { fileMode, isFile } from './readRevision';

const DEFAULT_MAX_COMMITS = 2000;
const MAX_BYTES = 200_000_000;
const MAX_ARGUMENTS_LENGTH = 64 * 1024;
const CHANGE = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [A-Z]/;

/** @public */
export type FindInHistoryOptions = {
  /** Any folder of the repository. */
  directory: string;
  /** What the paths are from, itself from the repository's root; the root if absent. */
  folder?: string;
  /** The digest looked for (`sha256:` and 64 hex digits) by path. */
  paths: ReadonlyMap<string, string>;
  /** How many commits that touch the paths are looked at, newest first; 2,000 if absent. */
  maxCommits?: number;
  signal?: AbortSignal;
};

/** A content that a path once had. */
type Version = { path: string; mode: string; name: string };

/**
 * Looks through the history of what is checked out for files with the given contents: what a service was created with is
 * in its first commits even when nobody has its template any more.
 *
 * @returns what was found, by path; 200 MB of contents are looked at, the newest first
 * @throws GitError when the folder is in no repository
 * @public
 */
export async function findInHistory(
  options: FindInHistoryOptions,
): Promise<Map<string, SourceFile>> {
  const { directory, paths, signal } = options;
  const repository = await openRepository(directory);
  const found = new Map<string, SourceFile>();
  if (paths.size === 0 || !(await resolveCommit(repository, 'HEAD'))) {
    return found;
  }
  const run = { gitDir: repository.gitDir, signal };
  const versions = await versionsOf(run, options);
  const contents = await readNewest(run, versions);
  const digests = new Map(
    [...contents].map(([name, content]) => [name, sha256(content)]),
  );
  for (const { path, mode, name } of versions) {
    const content = contents.get(name);
    if (content && !found.has(path) && digests.get(name) === paths.get(path)) {
      found.set(path, { path, mode: fileMode(mode), content });
    }
  }
  return found;
}

async function versionsOf(
  run: Omit<GitRun, 'args'>,
  options: FindInHistoryOptions,
): Promise<Version[]> {
  const { folder = '', paths, maxCommits = DEFAULT_MAX_COMMITS } = options;
  const trimmed = folder.replace(/\/+$/, '');
  const prefix = trimmed === '' || trimmed === '.' ? '' : `${trimmed}/`;
  const versions: Version[] = [];
  for (const some of portions([...paths.keys()].map(path => prefix + path))) {
    const { stdout } = await runGit({
      ...run,
      args: [
        ...['log', '--format=', '--raw', '-z', '--no-abbrev', '--no-renames'],
        ...['-m', '--root', `--max-count=${maxCommits}`, 'HEAD', '--', ...some],
      ],
    });
    versions.push(...parseChanges(stdout, prefix));
  }
  return versions;
}

/** Portions that fit a command line. */
function portions(paths: readonly string[]): string[][] {
  const all: string[][] = [];
  let room = 0;
  for (const path of paths) {
    checkFilePath(path);
    const length = Buffer.byteLength(path) + 1;
    if (length > room) {
      all.push([]);
      room = MAX_ARGUMENTS_LENGTH;
    }
    all[all.length - 1].push(path);
    room -= length;
  }
  return all;
}

function parseChanges(output: Uint8Array, prefix: string): Version[] {
  const records = zeroSeparated(output);
  const versions: Version[] = [];
  for (let at = 0; at + 1 < records.length; at++) {
    const [, mode, name] = CHANGE.exec(records[at]) ?? [];
    if (name) {
      at += 1;
      if (isFile({ mode })) {
        versions.push({ path: records[at].slice(prefix.length), mode, name });
      }
    }
  }
  return versions;
}

async function readNewest(
  run: Omit<GitRun, 'args'>,
  versions: readonly Version[],
): Promise<Map<string, Uint8Array>> {
  const names = versions.map(({ name }) => name);
  const sizes = await sizesOfBlobs({ ...run, names });
  let room = MAX_BYTES;
  const wanted: string[] = [];
  for (const [name, size] of sizes) {
    if (size <= room) {
      wanted.push(name);
      room -= size;
    }
  }
  return readBlobs({ ...run, names: wanted });
}

function sha256(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
