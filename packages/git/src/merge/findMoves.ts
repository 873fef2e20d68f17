import type { TreeMove } from '@goldenpath/engine';
import type { BySide } from './checkTrees';
import type { NamedFile } from './importCommands';
import type { MergeRepository } from './MergeRepository';

/**
 * The files that a side has at another path than the base, as git finds them: half of the content is enough, and empty
 * files are never taken for one another, as in a merge.
 */
export async function findMoves(options: {
  repository: MergeRepository;
  side: 'ours' | 'theirs';
  named: BySide<ReadonlyMap<string, NamedFile>>;
  /** Names of the trees. */
  trees: BySide<string>;
}): Promise<TreeMove[]> {
  const { repository, side, named, trees } = options;
  const { base, [side]: files } = named;
  const gone = [...base.keys()].some(path => !files.has(path));
  const come = [...files.keys()].some(path => !base.has(path));
  if (!gone || !come) {
    return [];
  }
  return repository.moves(trees.base, trees[side]);
}
