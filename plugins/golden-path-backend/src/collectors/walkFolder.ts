import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { isChildPath } from '@backstage/backend-plugin-api';
import { RepositoryFile } from '@goldenpath/engine';

/** @internal */
export interface TreeLimits {
  maxFiles: number;
  /** Files above this size are digested, but their content is not kept. */
  maxFileBytes: number;
  maxTotalBytes: number;
}

const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** Whether a path, relative to the root, belongs to what is described. @internal */
export function isDescribed(relativePath: string): boolean {
  return !relativePath.split('/').some(part => SKIPPED_FOLDERS.has(part));
}

/**
 * Describes every file below a folder, sorted by path. Symbolic links are described as links and never followed; those
 * that lead out of the folder are left out. Throws when the folder exceeds the limits.
 * @internal
 */
export async function walkFolder(options: {
  root: string;
  limits: TreeLimits;
  signal: AbortSignal;
}): Promise<RepositoryFile[]> {
  const { limits, signal } = options;
  const root = await fs.realpath(options.root);
  const files: RepositoryFile[] = [];
  let totalBytes = 0;

  async function visit(folder: string): Promise<void> {
    for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
      signal.throwIfAborted();
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) {
          await visit(full);
        }
        continue;
      }
      const file = await describe({ root, full, entry, limits });
      if (file) {
        files.push(file);
        totalBytes += file.size;
        const excess = excessOf(files.length, totalBytes, limits);
        if (excess) {
          throw new Error(excess);
        }
      }
    }
  }

  await visit(root);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a tree of this many files and bytes has more of than the limits allow, if anything. @internal */
export function excessOf(
  files: number,
  bytes: number,
  limits: TreeLimits,
): string | undefined {
  if (files > limits.maxFiles) {
    return `The repository has more than ${limits.maxFiles} files; raise goldenPath.repository.maxFiles to read it`;
  }
  return bytes > limits.maxTotalBytes
    ? `The repository has more than ${limits.maxTotalBytes} bytes; raise goldenPath.repository.maxTotalBytes to read it`
    : undefined;
}

async function describe(options: {
  root: string;
  full: string;
  entry: { isFile(): boolean; isSymbolicLink(): boolean };
  limits: TreeLimits;
}): Promise<RepositoryFile | undefined> {
  const { root, full, entry, limits } = options;
  const relative = path.relative(root, full).split(path.sep).join('/');
  if (entry.isSymbolicLink()) {
    const target = await fs.readlink(full);
    if (!isChildPath(root, path.resolve(path.dirname(full), target))) {
      return undefined;
    }
    const content = Buffer.from(target);
    return fileOf(relative, '120000', content);
  }
  if (!entry.isFile()) {
    return undefined;
  }
  const stat = await fs.stat(full);
  // eslint-disable-next-line no-bitwise
  const mode = stat.mode & 0o111 ? '100755' : '100644';
  if (stat.size > limits.maxFileBytes) {
    const sha256 = await digestFile(full);
    return { path: relative, mode, size: stat.size, sha256 };
  }
  return fileOf(relative, mode, await fs.readFile(full));
}

function fileOf(
  relative: string,
  mode: RepositoryFile['mode'],
  content: Buffer,
): RepositoryFile {
  const hex = createHash('sha256').update(content).digest('hex');
  return {
    path: relative,
    mode,
    size: content.length,
    sha256: `sha256:${hex}`,
    content,
  };
}

async function digestFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
  }
  return `sha256:${hash.digest('hex')}`;
}
