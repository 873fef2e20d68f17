import { type FileChange, isGitFolderName } from '@goldenpath/engine';
import type { Stats } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

const MAX_SEGMENT_BYTES = 255;
const NOT_THERE = ['ENOENT', 'ENOTDIR'];

/**
 * Writes the changes of a plan into a folder: deletions first, so that a file can take the place of a folder.
 *
 * @param options.known - paths of the files that were read: what else is there, such as a file that git ignores, is not
 * replaced
 * @throws Before the first is written, when one would lie outside of the folder, inside of git's own or behind a link,
 * or where something else is.
 */
export async function writeChanges(
  dir: string,
  changes: readonly FileChange[],
  options: { known: Iterable<string> },
): Promise<void> {
  const root = await fs.realpath(dir);
  const known = new Set(options.known);
  const deleted = new Set(
    changes.flatMap(({ path: name, content }) =>
      content === null ? [name] : [],
    ),
  );
  for (const change of changes) {
    const problem =
      nameProblem(change.path) ??
      (await placeProblem(root, change, { known, deleted }));
    if (problem) {
      // Quoted, since a name may hold what a terminal acts on
      throw new Error(
        `${JSON.stringify(change.path)} ${problem}; nothing was written`,
      );
    }
  }
  for (const name of deleted) {
    await fs.rm(path.join(root, name), { force: true });
    await removeEmptyFolders(root, path.dirname(path.join(root, name)));
  }
  for (const change of changes) {
    if (change.content !== null) {
      await writeOne(path.join(root, change.path), change.mode, change.content);
    }
  }
}

function nameProblem(name: string): string | undefined {
  const segments = name.split('/');
  if (
    name.includes('\0') ||
    segments.some(segment => ['', '.', '..'].includes(segment))
  ) {
    return 'leads out of the folder';
  }
  if (segments.some(isGitFolderName)) {
    return "is inside of git's own folder";
  }
  return segments.some(s => Buffer.byteLength(s) > MAX_SEGMENT_BYTES)
    ? `has a name of more than ${MAX_SEGMENT_BYTES} bytes`
    : undefined;
}

async function placeProblem(
  root: string,
  { path: name, content }: FileChange,
  { known, deleted }: { known: Set<string>; deleted: Set<string> },
): Promise<string | undefined> {
  for (const folder of foldersOf(name)) {
    const stat = await statOf(path.join(root, folder));
    if (stat?.isSymbolicLink()) {
      return 'lies behind a link';
    }
    if (stat && !stat.isDirectory() && !deleted.has(folder)) {
      return `cannot be written: ${JSON.stringify(folder)} is no folder`;
    }
  }
  const stat = await statOf(path.join(root, name));
  if (content === null || !stat) {
    return undefined;
  }
  if (stat.isDirectory()) {
    return (await holdsOther(root, name, deleted))
      ? 'cannot be written: there is a folder of that name'
      : undefined;
  }
  return known.has(name)
    ? undefined
    : 'is there already, though git does not list it: commit it, or move it away';
}

function foldersOf(name: string): string[] {
  const segments = name.split('/').slice(0, -1);
  return segments.map((_, at) => segments.slice(0, at + 1).join('/'));
}

async function statOf(file: string): Promise<Stats | undefined> {
  return fs.lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (NOT_THERE.includes(error.code ?? '')) {
      return undefined;
    }
    throw error;
  });
}

/** Whether a folder holds anything but what is deleted, and folders of that. */
async function holdsOther(
  root: string,
  folder: string,
  deleted: Set<string>,
): Promise<boolean> {
  const entries = await fs.readdir(path.join(root, folder), {
    withFileTypes: true,
  });
  for (const entry of entries) {
    const name = `${folder}/${entry.name}`;
    const isOther = entry.isDirectory()
      ? await holdsOther(root, name, deleted)
      : !deleted.has(name);
    if (isOther) {
      return true;
    }
  }
  return false;
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
