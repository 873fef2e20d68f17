import type { FileChange } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';

/** The nearest folder above a file that exists. */
async function existingFolder(file: string): Promise<string> {
  const folder = path.dirname(file);
  return fs.realpath(folder).catch(() => existingFolder(folder));
}

async function refuseBehindLinks(root: string, change: FileChange) {
  const target = path.join(root, change.path);
  const inside = path.relative(root, target);
  if (inside.startsWith('..') || path.isAbsolute(inside)) {
    throw new Error(
      `${change.path} leads out of the folder; nothing was written`,
    );
  }
  const folder = await existingFolder(target);
  const isReached =
    folder === root || path.dirname(target).startsWith(`${folder}`);
  if (!isReached) {
    throw new Error(`${change.path} lies behind a link; nothing was written`);
  }
}

/**
 * Writes the changes of a plan into a folder: deletions first, so that a file can take the place of a folder.
 *
 * @throws Before the first is written, when one would lie outside of the folder or behind a link.
 */
export async function writeChanges(
  dir: string,
  changes: readonly FileChange[],
): Promise<void> {
  const root = await fs.realpath(dir);
  for (const change of changes) {
    await refuseBehindLinks(root, change);
  }
  for (const { path: name, content } of changes) {
    if (content === null) {
      await fs.rm(path.join(root, name), { force: true });
      await removeEmptyFolders(root, path.dirname(path.join(root, name)));
    }
  }
  for (const change of changes) {
    if (change.content !== null) {
      await writeOne(path.join(root, change.path), change.mode, change.content);
    }
  }
}

async function writeOne(
  target: string,
  mode: FileChange['mode'],
  content: Uint8Array,
) {
  await fs.mkdir(path.dirname(target), { recursive: true });
  await fs.rm(target, { force: true });
  if (mode === '120000') {
    await fs.symlink(Buffer.from(content).toString('utf8'), target);
  } else {
    await fs.writeFile(target, content, {
      mode: mode === '100755' ? 0o755 : 0o644,
    });
  }
}

async function removeEmptyFolders(root: string, folder: string) {
  if (folder === root || !folder.startsWith(root)) {
    return;
  }
  try {
    await fs.rmdir(folder);
  } catch {
    return;
  }
  await removeEmptyFolders(root, path.dirname(folder));
}
