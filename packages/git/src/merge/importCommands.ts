import type { FileMode } from '@goldenpath/engine';
import {
  blobCommand,
  commitCommand,
  type TreeChange,
} from '../repository/fastImport';
import { type BySide, SIDES } from './checkTrees';

const STAMP = {
  name: 'Golden Path',
  email: 'golden-path@localhost',
  date: new Date(0),
};
const NAME = /^\d+ tree ([0-9a-f]+)\t/;
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** A file of a tree to merge, by the name of its blob. */
export type NamedFile = { mode: FileMode; blob: string };

/**
 * What a `git fast-import` that stays is told: three trees, as the branches `base`, `ours` and `theirs`; the latter two
 * start from the first. It answers with the names of the trees when others can see them.
 *
 * @param options.prefix - of the branches' names
 * @param options.contents - blobs that are not there yet, by name
 * @param options.end - last line of the answer, without its line feed
 */
export function* importCommands(options: {
  prefix?: string;
  trees: BySide<ReadonlyMap<string, NamedFile>>;
  contents: ReadonlyMap<string, Uint8Array>;
  end: string;
}): Generator<string | Uint8Array> {
  const { prefix = '', trees, contents, end } = options;
  for (const content of contents.values()) {
    yield* blobCommand(content);
  }
  // The branch of the merge before is no parent
  yield `reset refs/heads/${prefix}base\n\n`;
  for (const [index, side] of SIDES.entries()) {
    const isBase = side === 'base';
    yield* commitCommand({
      ref: `refs/heads/${prefix}${side}`,
      mark: index + 1,
      from: isBase ? undefined : ':1',
      stamp: STAMP,
      message: side,
      changes: changesBetween(isBase ? new Map() : trees.base, trees[side]),
    });
  }
  yield 'ls :1 ""\nls :2 ""\nls :3 ""\n';
  yield `checkpoint\n${end}\n`;
}

/** Names of the three trees, from the answer to {@link importCommands}. */
export function parseImported(answer: Uint8Array): BySide<string> {
  const [base, ours, theirs] = Buffer.from(answer)
    .toString('latin1')
    .split('\n')
    .map(line => NAME.exec(line)?.[1] ?? EMPTY_TREE);
  return { base, ours, theirs };
}

/** Deletions first: a folder can be where a file was. */
function* changesBetween(
  from: ReadonlyMap<string, NamedFile>,
  to: ReadonlyMap<string, NamedFile>,
): Generator<TreeChange> {
  for (const path of from.keys()) {
    if (!to.has(path)) {
      yield { path, mode: null };
    }
  }
  for (const [path, file] of to) {
    const before = from.get(path);
    if (before?.blob !== file.blob || before.mode !== file.mode) {
      yield { path, ...file };
    }
  }
}
