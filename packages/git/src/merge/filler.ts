import { randomUUID } from 'node:crypto';
import { blobName } from '../repository/fastImport';
import type { BySide } from './checkTrees';
import type { NamedFile } from './importCommands';

const FILES = 4;
const LENGTH_OF_NAME = 2000;

/** Prefix of the filler's branches. */
export const FILLER = 'filler-';

/**
 * A merge whose outcome is long, to be made after one that is waited for: `git merge-tree --stdin` writes an outcome only
 * when its buffer is full, which holds much less than these 30 kB.
 *
 * Its files were edited by one side and deleted by the other, so that git leaves the tree of `ours`. Nobody can guess the
 * name of that tree, so it marks the end of the outcome before.
 */
export function makeFiller(): {
  trees: BySide<ReadonlyMap<string, NamedFile>>;
  contents: ReadonlyMap<string, Uint8Array>;
} {
  const contents = new Map<string, Uint8Array>();
  const tree = () => {
    const content = Buffer.from(randomUUID());
    const blob = blobName(content);
    contents.set(blob, content);
    return new Map(
      Array.from({ length: FILES }, (_, at): [string, NamedFile] => [
        `${at}`.repeat(LENGTH_OF_NAME),
        { mode: '100644', blob },
      ]),
    );
  };
  return {
    trees: { base: tree(), ours: tree(), theirs: new Map() },
    contents,
  };
}
