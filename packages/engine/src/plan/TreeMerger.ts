import type { SourceFile } from '../render';

/** What git says of a path that it could not merge. @public */
export type TreeConflict = {
  kind:
    | 'content'
    | 'add/add'
    | 'modify/delete'
    | 'rename/delete'
    | 'rename/rename'
    | 'rename/add'
    | 'binary'
    | 'mode'
    | 'file/folder'
    | 'other';
  /** The first is the one it is about. */
  paths: string[];
  message: string;
};

/** A file that one side has at another path than the base. @public */
export type TreeMove = { from: string; to: string };

/** Outcome of a three-way merge of trees. @public */
export type MergedTrees = {
  /** The merged tree. A path with a conflict holds what git left there: never to be used as it is. */
  files: SourceFile[];
  conflicts: TreeConflict[];
  moves: { ours: TreeMove[]; theirs: TreeMove[] };
};

/** A three-way merge of one text. With `favour`, that side wins where both changed the same lines. @public */
export type ContentMerge = {
  base: Uint8Array;
  ours: Uint8Array;
  theirs: Uint8Array;
  favour?: 'ours' | 'theirs';
};

/** `content` is absent when both sides changed the same lines and neither was favoured, and for binary contents. @public */
export type ContentMergeResult = { content?: Uint8Array };

/**
 * Three-way merges, as git does them. The engine itself runs no process: `@goldenpath/git` has the implementation.
 *
 * @public
 */
export interface TreeMerger {
  mergeTrees(trees: {
    base: readonly SourceFile[];
    ours: readonly SourceFile[];
    theirs: readonly SourceFile[];
  }): Promise<MergedTrees>;
  /** One result for each merge, in their order. */
  mergeContents(merges: readonly ContentMerge[]): Promise<ContentMergeResult[]>;
}
