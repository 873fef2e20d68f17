import { InputError } from '@backstage/errors';
import type { SourceFile } from '@goldenpath/engine';
import fs from 'fs-extra';
import path from 'node:path';

/** Largest skeleton that is rendered. Templates are source text; what is larger is almost surely a mistake. */
export const SKELETON_LIMITS = { files: 5000, bytes: 50 * 1024 * 1024 };

export type SizeLimits = { files: number; bytes: number };

/** Counts files and bytes and refuses what goes over the limits, before it is read into memory. */
export class SizeBudget {
  #files = 0;
  #bytes = 0;

  constructor(
    private readonly limits: SizeLimits,
    private readonly what = 'template',
  ) {}

  /** @throws InputError when the file makes it too many or too much. */
  add(size: number): void {
    this.#files += 1;
    this.#bytes += size;
    if (this.#files > this.limits.files) {
      throw new InputError(
        `The ${this.what} has more than ${this.limits.files} files`,
      );
    }
    if (this.#bytes > this.limits.bytes) {
      throw new InputError(
        `The ${this.what} is larger than ${this.limits.bytes} bytes`,
      );
    }
  }
}

/**
 * Reads a folder with its dotfiles, executable bits and symbolic links, which are not followed.
 *
 * @throws InputError for anything that is neither a file, a folder nor a link, and beyond the limits.
 */
export async function readFolder(
  root: string,
  budget = new SizeBudget(SKELETON_LIMITS),
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const folders = [''];
  for (
    let folder = folders.pop();
    folder !== undefined;
    folder = folders.pop()
  ) {
    for (const name of await fs.readdir(path.join(root, folder))) {
      const relative = path.posix.join(folder, name);
      const absolute = path.join(root, relative);
      const stat = await fs.lstat(absolute);
      if (stat.isDirectory()) {
        folders.push(relative);
        continue;
      }
      budget.add(stat.size);
      if (stat.isSymbolicLink()) {
        const content = Buffer.from(await fs.readlink(absolute));
        files.push({ path: relative, mode: '120000', content });
      } else if (stat.isFile()) {
        files.push({
          path: relative,
          mode: stat.mode & 0o111 ? '100755' : '100644',
          content: await fs.readFile(absolute),
        });
      } else {
        throw new InputError(`'${relative}' is no plain file`);
      }
    }
  }
  return files;
}
