/**
 * Git's modes of a plain file, an executable one and a symbolic link.
 *
 * @public
 */
export type FileMode = '100644' | '100755' | '120000';

/**
 * A file in memory. `path` is relative with forward slashes; a symbolic link's content is its target.
 *
 * @public
 */
export type SourceFile = {
  path: string;
  mode: FileMode;
  content: Uint8Array;
};
