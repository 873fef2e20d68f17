import fs from 'node:fs/promises';
import path from 'node:path';
import { PathFile } from './loadPaths';

const MAX_FILES = 500;
const MAX_BYTES = 1_000_000;

/**
 * Reads the configured files and folders, relative to the working directory of the process. Whatever cannot be read
 * comes back as a problem in its place.
 * @internal
 */
export async function readPathFiles(locations: string[]): Promise<PathFile[]> {
  const found: PathFile[] = [];
  for (const location of locations) {
    found.push(...(await readLocation(location)));
  }
  return found;
}

async function readLocation(location: string): Promise<PathFile[]> {
  try {
    const stat = await fs.stat(location);
    if (!stat.isDirectory()) {
      return [await readOne(location)];
    }
    const names = (await fs.readdir(location))
      .filter(name => /\.ya?ml$/.test(name))
      .sort();
    if (names.length > MAX_FILES) {
      return [
        {
          file: location,
          problem: `${location}: the folder holds ${names.length} path files, and at most ${MAX_FILES} are read`,
        },
      ];
    }
    return Promise.all(names.map(name => readOne(path.join(location, name))));
  } catch (error) {
    return [
      { file: location, problem: explain(location, error), unreadable: true },
    ];
  }
}

async function readOne(file: string): Promise<PathFile> {
  try {
    const stat = await fs.stat(file);
    if (stat.size > MAX_BYTES) {
      const problem = `${file}: the file has ${stat.size} bytes, and at most ${MAX_BYTES} are read`;
      return { file, problem };
    }
    return { file, text: await fs.readFile(file, 'utf8') };
  } catch (error) {
    return { file, problem: explain(file, error), unreadable: true };
  }
}

function explain(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT'
    ? `${file}: there is no such file or folder; goldenPath.paths is relative to the folder the backend runs in`
    : `${file}: ${message}`;
}
