import type { MergedTrees, SourceFile, TreeMove } from '@goldenpath/engine';
import { blobName } from '../repository/fastImport';
import { type BySide, SIDES } from './checkTrees';
import { classifyConflicts } from './classifyConflicts';
import { findMoves } from './findMoves';
import type { MergeRepository, NamedFile } from './MergeRepository';
import { parseMergeTree } from './parseMergeTree';

/** Merges trees that were checked. Files that are the same on all sides do not go to git. */
export async function mergeTrees(
  open: () => Promise<MergeRepository>,
  trees: BySide<ReadonlyMap<string, SourceFile>>,
): Promise<MergedTrees> {
  const { kept, named, contents } = sortOut(trees);
  if (SIDES.every(side => named[side].size === 0)) {
    return { files: kept, conflicts: [], moves: { ours: [], theirs: [] } };
  }
  const repository = await open();
  await repository.importTrees(named, contents);
  const [merged, ours, theirs] = await Promise.all([
    repository.git({
      args: ['merge-tree', '--write-tree', '-z', 'ours', 'theirs'],
      allowedExitCodes: [0, 1],
    }),
    movesOf('ours'),
    movesOf('theirs'),
  ]);
  const moves = { ours, theirs };
  const output = parseMergeTree(merged.stdout);
  return {
    files: await readFiles({ repository, tree: output.tree, kept, contents }),
    conflicts: classifyConflicts({ output, moves, named }),
    moves,
  };

  async function movesOf(side: 'ours' | 'theirs'): Promise<TreeMove[]> {
    const { base, [side]: files } = named;
    return findMoves({ repository, side, base, files });
  }
}

function sortOut(trees: BySide<ReadonlyMap<string, SourceFile>>) {
  const kept: SourceFile[] = [];
  const contents = new Map<string, Uint8Array>();
  const named: BySide<Map<string, NamedFile>> = {
    base: new Map(),
    ours: new Map(),
    theirs: new Map(),
  };
  const paths = new Set(SIDES.flatMap(side => [...trees[side].keys()]));
  for (const path of paths) {
    const ours = trees.ours.get(path);
    if (
      ours &&
      isSame(ours, trees.base.get(path)) &&
      isSame(ours, trees.theirs.get(path))
    ) {
      kept.push(ours);
      continue;
    }
    for (const side of SIDES) {
      const file = trees[side].get(path);
      if (file) {
        const blob = blobName(file.content);
        contents.set(blob, file.content);
        named[side].set(path, { mode: file.mode, blob });
      }
    }
  }
  return { kept, named, contents };
}

function isSame(one: SourceFile, other: SourceFile | undefined): boolean {
  return (
    other !== undefined &&
    one.mode === other.mode &&
    Buffer.compare(one.content, other.content) === 0
  );
}

async function readFiles(options: {
  repository: MergeRepository;
  tree: string;
  kept: readonly SourceFile[];
  contents: ReadonlyMap<string, Uint8Array>;
}): Promise<SourceFile[]> {
  const { repository, tree, kept, contents } = options;
  const listed = await repository.list(tree);
  const added = await repository.read(
    listed.map(({ name }) => name).filter(name => !contents.has(name)),
  );
  const files = new Map<string, SourceFile>();
  for (const { path, mode, name } of listed) {
    const content = contents.get(name) ?? added.get(name) ?? new Uint8Array();
    files.set(path, { path, mode: mode as SourceFile['mode'], content });
  }
  // Where git put a conflicting file aside at a path it did not know is taken, the file of the service stays
  for (const file of kept) {
    files.set(file.path, file);
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
