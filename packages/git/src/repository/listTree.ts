import { GitError } from '../process/GitError';
import { type GitRun, runGit } from '../process/runGit';

/** A file, a link or a submodule of a tree. */
export type TreeFile = { path: string; mode: string; name: string };

const ENTRY = /^(\d+) \w+ ([0-9a-f]+)\t([^]+)$/;
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Every file of a tree, with its path from the tree's root.
 *
 * @param options.tree - name of a commit or tree
 * @param options.lenient - take paths that are not UTF-8, with U+FFFD where they are not
 * @throws GitError for a path that is not UTF-8
 */
export async function listTree(
  options: Omit<GitRun, 'args'> & { tree: string; lenient?: boolean },
): Promise<TreeFile[]> {
  const { tree, lenient = false, ...run } = options;
  const { stdout } = await runGit({
    ...run,
    args: ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', tree],
  });
  const records = lenient
    ? stdout.toString('utf8').split('\0')
    : zeroSeparated(stdout);
  return records.flatMap(record => {
    const match = ENTRY.exec(record);
    return match ? [{ mode: match[1], name: match[2], path: match[3] }] : [];
  });
}

/**
 * Takes output of a `-z` option apart.
 *
 * @throws GitError when it is not UTF-8
 */
export function zeroSeparated(output: Uint8Array): string[] {
  try {
    return text.decode(output).split('\0');
  } catch {
    const shown = Buffer.from(output).toString('utf8').split('\0');
    const broken = shown.find(part => part.includes('\uFFFD')) ?? '';
    throw new GitError(
      `There is a path that is not UTF-8, rename it: ${broken.slice(0, 300)}`,
    );
  }
}
