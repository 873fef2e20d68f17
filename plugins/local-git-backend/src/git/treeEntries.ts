import { RepositoryFolder } from './repositoryFolder';
import { runGit } from './runGit';

/** One entry of a tree, as `git ls-tree --long` gives it. */
export interface TreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** In bytes; `null` for what is not a file. */
  size: number | null;
  /** From the listed tree's root. */
  path: string;
}

const ENTRY = /^(\d+) (blob|tree|commit) ([0-9a-f]+) +(-|\d+)\t([^]+)$/;

/** Entries of one folder. `tree` is the sha of a commit or tree. */
export function listFolder(
  options: RepositoryFolder & { tree: string },
): Promise<TreeEntry[]> {
  return lsTree({ ...options, args: ['--', options.tree] });
}

/** Every file below a commit or tree, in folders or not. */
export function listAllFiles(
  options: RepositoryFolder & { tree: string },
): Promise<TreeEntry[]> {
  return lsTree({ ...options, args: ['-r', '--', options.tree] });
}

/** The entry at a path that parseTreePath has passed and that is not the root. */
export async function findEntry(
  options: RepositoryFolder & { commit: string; path: string },
): Promise<TreeEntry | undefined> {
  const args = ['--', options.commit, options.path];
  const entries = await lsTree({ ...options, args });
  return entries.find(entry => entry.path === options.path);
}

async function lsTree(
  options: RepositoryFolder & { args: string[] },
): Promise<TreeEntry[]> {
  const command = ['--git-dir', options.gitDir, 'ls-tree', '-z', '--long'];
  const output = await runGit({
    directory: options.directory,
    args: [...command, ...options.args],
  });
  const records = output.toString('utf8').split('\0');
  return records.flatMap(record => {
    const match = ENTRY.exec(record);
    if (!match) {
      return [];
    }
    const [, mode, type, sha, size, path] = match;
    return {
      mode,
      type: type as TreeEntry['type'],
      sha,
      size: size === '-' ? null : Number(size),
      path,
    };
  });
}
