import { digestOf, type RepositoryFile } from '@goldenpath/engine';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MAX_FILES = 20_000;
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const LARGEST_BYTES = 1024 * 1024 * 1024;
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

async function git(
  folder: string,
  args: string[],
): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...args], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch {
    return undefined;
  }
}

async function walk(folder: string, prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await fs.readdir(path.join(folder, prefix), {
    withFileTypes: true,
  })) {
    const relative = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name)) {
        found.push(...(await walk(folder, relative)));
      }
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      found.push(relative);
    }
    if (found.length > MAX_FILES) {
      throw new Error(`${folder} has more than ${MAX_FILES} files`);
    }
  }
  return found;
}

async function listFiles(folder: string): Promise<string[]> {
  const tracked = await git(folder, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  const paths = tracked
    ? [...new Set(tracked.split('\0').filter(Boolean))]
    : await walk(folder);
  if (paths.length > MAX_FILES) {
    throw new Error(`${folder} has more than ${MAX_FILES} files`);
  }
  return paths.sort();
}

async function readOne(
  folder: string,
  relative: string,
  maxFileBytes: number,
): Promise<RepositoryFile | undefined> {
  const full = path.join(folder, relative);
  const stat = await fs.lstat(full).catch(() => undefined);
  if (stat?.isSymbolicLink()) {
    const target = Buffer.from(await fs.readlink(full));
    return {
      path: relative,
      mode: '120000',
      size: target.length,
      sha256: digestOf(target),
      content: target,
    };
  }
  if (!stat?.isFile()) {
    return undefined;
  }
  if (stat.size > LARGEST_BYTES) {
    throw new Error(
      `${full} has ${stat.size} bytes, more than is read of one file`,
    );
  }
  const content = await fs.readFile(full);
  return {
    path: relative,
    // eslint-disable-next-line no-bitwise
    mode: stat.mode & 0o100 ? '100755' : '100644',
    size: stat.size,
    sha256: digestOf(content),
    ...(stat.size <= maxFileBytes && { content }),
  };
}

/** A folder as the engine reads it. */
export interface Folder {
  files: RepositoryFile[];
  /** The checked-out commit, `null` outside version control. */
  commit: string | null;
}

/**
 * Reads a folder: what git would commit when it is a work tree, else everything but `.git` and `node_modules`. Links
 * are never followed.
 *
 * @param options.maxFileBytes - files above this, by default 2 MiB, are listed without their content
 * @throws When the folder does not exist, has more than 20,000 files, or one over 1 GiB.
 */
export async function readFolder(
  folder: string,
  options: { maxFileBytes?: number } = {},
): Promise<Folder> {
  const { maxFileBytes = MAX_FILE_BYTES } = options;
  const stat = await fs.stat(folder).catch(() => undefined);
  if (!stat?.isDirectory()) {
    throw new Error(`${folder} is not a folder`);
  }
  const files: RepositoryFile[] = [];
  for (const relative of await listFiles(folder)) {
    const file = await readOne(folder, relative, maxFileBytes);
    if (file) {
      files.push(file);
    }
  }
  const commit = await git(folder, ['rev-parse', '--verify', 'HEAD']);
  return { files, commit: commit?.trim() ?? null };
}

/** The text of one file of a folder that was read, or `undefined` when it has none. */
export function textOf(folder: Folder, file: string): string | undefined {
  const content = folder.files.find(({ path: name }) => name === file)?.content;
  return content && Buffer.from(content).toString('utf8');
}
