import type { TreeMove } from '@goldenpath/engine';
import { zeroSeparated } from '../repository/listTree';
import type { NamedFile } from './MergeRepository';
import type { MergeRepository } from './MergeRepository';

/**
 * The files that a side has at another path than the base, as git finds them: half of the content is enough, and empty
 * files are never taken for one another, as in a merge.
 */
export async function findMoves(options: {
  repository: MergeRepository;
  side: 'ours' | 'theirs';
  base: ReadonlyMap<string, NamedFile>;
  files: ReadonlyMap<string, NamedFile>;
}): Promise<TreeMove[]> {
  const { repository, side, base, files } = options;
  const gone = [...base.keys()].some(path => !files.has(path));
  const come = [...files.keys()].some(path => !base.has(path));
  if (!gone || !come) {
    return [];
  }
  const { stdout } = await repository.git({
    args: [
      ...['diff-tree', '-r', '-z', '-M', '-l1000', '--no-rename-empty'],
      ...['--diff-filter=R', '--name-status', 'base', side, '--'],
    ],
  });
  const records = zeroSeparated(stdout);
  const moves: TreeMove[] = [];
  for (let at = 0; at + 2 < records.length; at += 3) {
    moves.push({ from: records[at + 1], to: records[at + 2] });
  }
  return moves;
}
