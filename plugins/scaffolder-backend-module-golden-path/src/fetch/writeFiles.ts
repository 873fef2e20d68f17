import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { SourceFile } from '@goldenpath/engine';
import fs from 'fs-extra';
import path from 'node:path';

/**
 * Writes rendered files with their modes. A file that is there with the same content is left, so that a step can run
 * again; any other is another step's work.
 *
 * @throws ConflictError naming the first such file, before anything is written.
 */
export async function writeFiles(
  root: string,
  files: readonly SourceFile[],
): Promise<void> {
  for (const file of files) {
    const current = await readCurrent(locate(root, file.path));
    if (current && !current.equals(file.content)) {
      throw new ConflictError(
        `'${file.path}' is in the workspace already, with other content: render into another targetPath, or leave the file to one step`,
      );
    }
  }
  await fs.ensureDir(root);
  const links = files.filter(file => file.mode === '120000');
  for (const file of files) {
    if (file.mode !== '120000') {
      const target = locate(root, file.path);
      await fs.outputFile(target, file.content);
      await fs.chmod(target, file.mode === '100755' ? 0o755 : 0o644);
    }
  }
  for (const file of links) {
    const target = locate(root, file.path);
    await fs.ensureDir(path.dirname(target));
    await fs.remove(target);
    await fs.symlink(Buffer.from(file.content).toString('utf8'), target);
  }
}

/** The file's own place; the last segment is not followed when it is a link. */
function locate(root: string, relative: string): string {
  const folder = resolveSafeChildPath(root, path.posix.dirname(relative));
  return path.join(folder, path.posix.basename(relative));
}

async function readCurrent(file: string): Promise<Buffer | undefined> {
  const stat = await fs.lstat(file).catch(() => undefined);
  if (!stat) {
    return undefined;
  }
  if (stat.isSymbolicLink()) {
    return Buffer.from(await fs.readlink(file));
  }
  return stat.isFile() ? fs.readFile(file) : Buffer.from('\0folder');
}
