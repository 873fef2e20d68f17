import type { FileEdit } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type Folder } from './readFolder';

const MAX_TEXT_BYTES = 1_000_000;

/** The text files of a folder, by path; links, binaries and very large files are not among them. */
export function textFiles(folder: Folder): Map<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts = new Map<string, string>();
  for (const { path: name, mode, size, content } of folder.files) {
    if (mode !== '120000' && content && size <= MAX_TEXT_BYTES) {
      try {
        const text = decoder.decode(content);
        if (!text.includes('\0')) {
          texts.set(name, text);
        }
      } catch {
        // Not text
      }
    }
  }
  return texts;
}

/** The nearest folder above a file that exists. */
async function existingFolder(file: string): Promise<string> {
  const folder = path.dirname(file);
  return fs.realpath(folder).catch(() => existingFolder(folder));
}

/**
 * Writes edits into a folder.
 *
 * @throws Before the first is written, when a file would lie outside of the folder or behind a link.
 */
export async function writeEdits(dir: string, edits: FileEdit[]) {
  const root = await fs.realpath(dir);
  for (const edit of edits) {
    const file = path.join(root, edit.path);
    const folder = await existingFolder(file);
    const stat = await fs.lstat(file).catch(() => undefined);
    const isInside = folder === root || folder.startsWith(root + path.sep);
    if (!isInside || stat?.isSymbolicLink()) {
      throw new Error(`${edit.path} leads out of ${dir}; nothing was written`);
    }
  }
  for (const { path: name, after } of edits) {
    const file = path.join(root, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, after);
  }
}
