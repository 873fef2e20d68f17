import { GitError } from '../process/GitError';
import { type GitRun, runGit } from '../process/runGit';

const LINE_FEED = 10;
const HEAD = /^([0-9a-f]+) (\w+) (\d+)$/;

/**
 * Contents of blobs, by name, from one process.
 *
 * @throws GitError when one is not there or is no blob
 */
export async function readBlobs(
  options: Omit<GitRun, 'args' | 'input'> & { names: Iterable<string> },
): Promise<Map<string, Uint8Array>> {
  const { names, ...run } = options;
  const wanted = [...new Set(names)];
  if (wanted.length === 0) {
    return new Map();
  }
  const { stdout } = await runGit({
    ...run,
    args: ['cat-file', '--batch'],
    input: [wanted.map(name => `${name}\n`).join('')],
  });
  return blobsOf(stdout, wanted);
}

/**
 * Takes output of `git cat-file` apart.
 *
 * @param names - what it was asked for, in that order
 * @throws GitError when one is not there or is no blob
 */
export function blobsOf(
  output: Buffer,
  names: readonly string[],
): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  let position = 0;
  for (const name of names) {
    const end = output.indexOf(LINE_FEED, position);
    const head = output.toString('latin1', position, end);
    const [, , type, size] = HEAD.exec(head) ?? [];
    if (end < 0 || type !== 'blob') {
      throw new GitError(`git cat-file failed: ${head || name}`);
    }
    const start = end + 1;
    position = start + Number(size);
    // A copy, so that a small file does not keep the whole output in memory
    contents.set(name, Uint8Array.from(output.subarray(start, position)));
    position += 1;
  }
  return contents;
}

/**
 * Sizes of blobs in bytes, by name; those that are not there are left out.
 */
export async function sizesOfBlobs(
  options: Omit<GitRun, 'args' | 'input'> & { names: Iterable<string> },
): Promise<Map<string, number>> {
  const { names, ...run } = options;
  const wanted = [...new Set(names)];
  if (wanted.length === 0) {
    return new Map();
  }
  const { stdout } = await runGit({
    ...run,
    args: ['cat-file', '--batch-check'],
    input: [wanted.map(name => `${name}\n`).join('')],
  });
  return new Map(
    stdout
      .toString('latin1')
      .split('\n')
      .flatMap((line): [string, number][] => {
        const [, name, type, size] = HEAD.exec(line) ?? [];
        return type === 'blob' ? [[name, Number(size)]] : [];
      }),
  );
}
