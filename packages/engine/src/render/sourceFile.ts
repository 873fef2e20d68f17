/** Git's modes of a plain file, an executable one and a symbolic link. */
export type FileMode = '100644' | '100755' | '120000';

/** A file in memory. `path` is relative with forward slashes; a symbolic link's content is its target. */
export type SourceFile = {
  path: string;
  mode: FileMode;
  content: Uint8Array;
};
