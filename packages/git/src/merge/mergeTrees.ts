import type { MergedTrees, SourceFile } from '@goldenpath/engine';
import { blobName } from '../repository/fastImport';
import { type BySide, SIDES } from './checkTrees';
import { classifyConflicts } from './classifyConflicts';
import { findMoves } from './findMoves';
import type { NamedFile } from './importCommands';
import type { MergeRepository } from './MergeRepository';
import type { PathChange } from './treeChanges';

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
  const names = await repository.importTrees(named, contents);
  const [output, moves] = await Promise.all([
    repository.merge(),
    movesOf(repository, named, names),
  ]);
  return {
    files: await readFiles({
      repository,
      ours: named.ours,
      changes: await repository.changes(names.ours, output.tree),
      kept,
      contents,
    }),
    conflicts: classifyConflicts({ output, moves, named }),
    moves,
  };
}

async function movesOf(
  repository: MergeRepository,
  named: BySide<ReadonlyMap<string, NamedFile>>,
  trees: BySide<string>,
): Promise<MergedTrees['moves']> {
  return {
    ours: await findMoves({ repository, side: 'ours', named, trees }),
    theirs: await findMoves({ repository, side: 'theirs', named, trees }),
  };
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
  ours: ReadonlyMap<string, NamedFile>;
  changes: readonly PathChange[];
  kept: readonly SourceFile[];
  contents: ReadonlyMap<string, Uint8Array>;
}): Promise<SourceFile[]> {
  const { repository, ours, changes, kept, contents } = options;
  const merged = new Map(ours);
  for (const { path, file } of changes) {
    if (file) {
      merged.set(path, file);
    } else {
      merged.delete(path);
    }
  }
  const added = await repository.read(
    [...merged.values()]
      .map(({ blob }) => blob)
      .filter(blob => !contents.has(blob)),
  );
  const files = new Map<string, SourceFile>();
  for (const [path, { mode, blob }] of merged) {
    const content = contents.get(blob) ?? added.get(blob) ?? new Uint8Array();
    files.set(path, { path, mode, content });
  }
  // Where git put a conflicting file aside at a path it did not know is taken, the file of the service stays
  for (const file of kept) {
    files.set(file.path, file);
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
