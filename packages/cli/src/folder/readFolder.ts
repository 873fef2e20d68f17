import { digestOf, type RepositoryFile } from '@goldenpath/engine';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MAX_FILES = 20_000;
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const LARGEST_BYTES = 1024 * 1024 * 1024;
/** Of all contents that are kept. */
const MAX_TOTAL_BYTES = 1024 * 1024 * 1024;
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

async function git(
  folder: string,
  args: string[],
): Promise<string | undefined> {
  try {
    // Looking at a folder runs no program that its configuration names
    const settings = ['-c', 'core.fsmonitor=false'];
    const { stdout } = await run('git', ['-C', folder, ...settings, ...args], {
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
  // eslint-disable-next-line no-bitwise
  const mode = stat.mode & 0o100 ? '100755' : '100644';
  const file = { path: relative, mode, size: stat.size } as const;
  if (stat.size > maxFileBytes) {
    return { ...file, sha256: await digestOfFile(full) };
  }
  const content = await fs.readFile(full);
  return { ...file, sha256: digestOf(content), content };
}

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
  }
  return `sha256:${hash.digest('hex')}`;
}

/** Makes a test of whether a file is reached without a link on the way: behind one, git takes a file for deleted. */
async function createIsReached(folder: string) {
  const root = await fs.realpath(folder);
  const known = new Map<string, Promise<boolean>>();
  return (relative: string): Promise<boolean> => {
    const above = path.dirname(relative);
    const reached =
      known.get(above) ??
      fs.realpath(path.join(root, above)).then(
        real => real === path.join(root, above),
        () => false,
      );
    known.set(above, reached);
    return reached;
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
 * @throws When the folder does not exist, has more than 20,000 files, one over 1 GiB, or more than that to be kept.
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
  const isReached = await createIsReached(folder);
  let bytes = 0;
  for (const relative of await listFiles(folder)) {
    const file = (await isReached(relative))
      ? await readOne(folder, relative, maxFileBytes)
      : undefined;
    if (file) {
      files.push(file);
      bytes += file.content?.length ?? 0;
    }
    if (bytes > MAX_TOTAL_BYTES) {
      throw new Error(
        `${folder} has more than ${MAX_TOTAL_BYTES} bytes in files`,
      );
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
