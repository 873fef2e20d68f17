import type { SourceFile } from '@goldenpath/engine';
import { GitError } from '../process/GitError';
import { checkFilePath, parentsOf } from '../repository/filePath';
import type { MergeLimits } from './MergeLimits';

/** The sides of a merge. */
export const SIDES = ['base', 'ours', 'theirs'] as const;

/** Something for each side of a merge. */
export type BySide<T> = Record<(typeof SIDES)[number], T>;

/**
 * Checks three trees before git hears of them, and puts their files in order.
 *
 * @returns each tree's files by path
 * @throws GitError when a tree is too large, or cannot be one
 */
export function checkTrees(
  trees: BySide<readonly SourceFile[]>,
  limits: MergeLimits,
): BySide<Map<string, SourceFile>> {
  let bytes = 0;
  for (const side of SIDES) {
    const count = trees[side].length;
    if (count > limits.maxFiles) {
      throw new GitError(
        `Not merged: '${side}' has ${count} files, and at most ${limits.maxFiles} are merged`,
      );
    }
    for (const { content } of trees[side]) {
      bytes += content.byteLength;
    }
  }
  if (bytes > limits.maxBytes) {
    throw new GitError(
      `Not merged: the three trees have ${bytes} bytes, and at most ${limits.maxBytes} are merged`,
    );
  }
  return {
    base: byPath(trees.base),
    ours: byPath(trees.ours),
    theirs: byPath(trees.theirs),
  };
}

function byPath(files: readonly SourceFile[]): Map<string, SourceFile> {
  const found = new Map<string, SourceFile>();
  for (const file of files) {
    checkFilePath(file.path);
    if (found.has(file.path)) {
      throw new GitError(`The path '${file.path}' is there twice`);
    }
    found.set(file.path, file);
  }
  for (const path of found.keys()) {
    for (const folder of parentsOf(path)) {
      if (found.has(folder)) {
        throw new GitError(
          `'${folder}' is a file and the folder of '${path}' at once`,
        );
      }
    }
  }
  return found;
}
