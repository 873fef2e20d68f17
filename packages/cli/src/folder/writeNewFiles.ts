import type { SourceFile } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Whether the nearest folder above a file that exists is reached without a link. */
async function isReached(file: string): Promise<boolean> {
  const folder = path.dirname(file);
  const real = await fs.realpath(folder).catch(() => undefined);
  return real === undefined ? isReached(folder) : real === folder;
}

/**
 * Writes files that must not be there yet.
 *
 * @param options.replaced - path of the one file that may be there, and is then replaced
 * @throws Before the first is written, when a file is there, as one that git ignores may be, or would lie behind
 * a link.
 */
export async function writeNewFiles(
  dir: string,
  files: readonly SourceFile[],
  options: { replaced?: string } = {},
): Promise<void> {
  const root = await fs.realpath(dir);
  for (const file of files) {
    const target = path.join(root, file.path);
    const stat = await fs.lstat(target).catch(() => undefined);
    if (stat && (file.path !== options.replaced || !stat.isFile())) {
      throw new Error(
        `${file.path} is there already, though git does not list it: commit it, or move it away. Nothing was written`,
      );
    }
    if (!(await isReached(target))) {
      throw new Error(
        `${file.path} would lie behind a link; nothing was written`,
      );
    }
  }
  for (const { path: name, mode, content } of files) {
    const target = path.join(root, name);
    await fs.mkdir(path.dirname(target), { recursive: true });
    if (mode === '120000') {
      await fs.symlink(Buffer.from(content).toString('utf8'), target);
    } else {
      await fs.writeFile(target, content, {
        mode: mode === '100755' ? 0o755 : 0o644,
        flag: name === options.replaced ? 'w' : 'wx',
      });
    }
  }
}
