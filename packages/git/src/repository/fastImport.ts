import type { FileMode } from '@goldenpath/engine';
import { createHash } from 'node:crypto';

/** Who made a commit and when, the same for author and committer. */
export type CommitStamp = { name: string; email: string; date: Date };

/** A change of a tree: a path gets a mode and a blob, or goes away. */
export type TreeChange =
  | { path: string; mode: FileMode; blob: string }
  | { path: string; mode: null };

/** Name of a blob in a repository with SHA-1: what `git hash-object` prints. */
export function blobName(content: Uint8Array): string {
  return createHash('sha1')
    .update(`blob ${content.byteLength}\0`)
    .update(content)
    .digest('hex');
}

/** The command of `git fast-import` that stores a content. */
export function* blobCommand(
  content: Uint8Array,
): Generator<string | Uint8Array> {
  yield `blob\ndata ${content.byteLength}\n`;
  yield content;
  yield '\n';
}

/**
 * The command of `git fast-import` that stores a commit.
 *
 * @param options.from - the parent; without it the commit starts from an empty tree
 * @param options.changes - applied in their order
 */
export function* commitCommand(options: {
  ref: string;
  mark: number;
  from?: string;
  stamp: CommitStamp;
  message: string;
  changes: Iterable<TreeChange>;
}): Generator<string> {
  const { ref, mark, from, stamp, message, changes } = options;
  const seconds = Math.floor(stamp.date.getTime() / 1000);
  const who = `${stamp.name} <${stamp.email}> ${seconds} +0000`;
  yield `commit ${ref}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`;
  yield `data ${Buffer.byteLength(message)}\n${message}\n`;
  if (from) {
    yield `from ${from}\n`;
  }
  for (const change of changes) {
    const path = quotePath(change.path);
    yield change.mode === null
      ? `D ${path}\n`
      : `M ${change.mode} ${change.blob} ${path}\n`;
  }
  yield '\n';
}

function quotePath(path: string): string {
  const escaped = path
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
