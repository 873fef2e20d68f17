import { GitError } from '../process/GitError';
import { zeroSeparated } from '../repository/listTree';

/** What `git merge-tree` says of some paths. */
export type MergeMessage = { paths: string[]; type: string; text: string };

/** Output of `git merge-tree --write-tree -z`. */
export type MergeTreeOutput = {
  tree: string;
  /** Stages of the paths with a conflict: 1 base, 2 ours, 3 theirs. */
  stages: { mode: string; blob: string; stage: number; path: string }[];
  messages: MergeMessage[];
};

const STAGE = /^(\d+) ([0-9a-f]+) ([123])\t([^]+)$/;

/**
 * Takes the output apart: the tree, the stages up to an empty record, then for each message the number of its paths, the
 * paths, its type and its text.
 */
export function parseMergeTree(output: Uint8Array): MergeTreeOutput {
  const records = zeroSeparated(output);
  const result: MergeTreeOutput = {
    tree: records[0],
    stages: [],
    messages: [],
  };
  let at = 1;
  for (; at < records.length && records[at] !== ''; at++) {
    const match = STAGE.exec(records[at]);
    if (!match) {
      throw notUnderstood(records[at]);
    }
    const [, mode, blob, stage, path] = match;
    result.stages.push({ mode, blob, stage: Number(stage), path });
  }
  at += 1;
  while (at < records.length && records[at] !== '') {
    const count = Number(records[at]);
    const end = at + 1 + count;
    if (!Number.isInteger(count) || count < 0 || end + 1 >= records.length) {
      throw notUnderstood(records[at]);
    }
    result.messages.push({
      paths: records.slice(at + 1, end),
      type: records[end],
      text: records[end + 1].trim(),
    });
    at = end + 2;
  }
  return result;
}

function notUnderstood(record: string): GitError {
  return new GitError(
    `git merge-tree wrote what is not understood: ${record.slice(0, 200)}`,
  );
}
