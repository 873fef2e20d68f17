import { GitError } from '../process/GitError';
import { zeroSeparated } from '../repository/listTree';

/** What `git merge-tree` says of some paths. */
export type MergeMessage = { paths: string[]; type: string; text: string };

/** Outcome of a merge, from `git merge-tree --write-tree -z`. */
export type MergeTreeOutput = {
  tree: string;
  /** Stages of the paths with a conflict: 1 base, 2 ours, 3 theirs. */
  stages: { mode: string; blob: string; stage: number; path: string }[];
  messages: MergeMessage[];
};

const STAGE = /^(\d+) ([0-9a-f]+) ([123])\t([^]+)$/;

/** Takes apart what a process wrote that made one merge. */
export function parseMergeTree(output: Uint8Array): MergeTreeOutput {
  return outcomeAt(zeroSeparated(output), 0).outcome;
}

/**
 * Takes apart what a process wrote that makes one merge after the other (`--stdin --messages`): all but the tree of the
 * merge before, then the status and the outcome of the one asked for.
 */
export function parseMergeSession(output: Uint8Array): MergeTreeOutput {
  const records = zeroSeparated(output);
  const before = outcomeAt(['', ...records], 0).next - 1;
  return outcomeAt(records, before + 1).outcome;
}

/** The tree, the stages up to an empty record, then for each message the number of its paths, the paths, its type and its text. */
function outcomeAt(
  records: readonly string[],
  start: number,
): { outcome: MergeTreeOutput; next: number } {
  const outcome: MergeTreeOutput = {
    tree: records[start] ?? '',
    stages: [],
    messages: [],
  };
  let at = start + 1;
  for (; at < records.length && records[at] !== ''; at++) {
    const match = STAGE.exec(records[at]);
    if (!match) {
      throw notUnderstood(records[at]);
    }
    const [, mode, blob, stage, path] = match;
    outcome.stages.push({ mode, blob, stage: Number(stage), path });
  }
  at += 1;
  while (at < records.length && records[at] !== '') {
    const count = Number(records[at]);
    const end = at + 1 + count;
    if (!Number.isInteger(count) || count < 0 || end + 1 >= records.length) {
      throw notUnderstood(records[at]);
    }
    outcome.messages.push({
      paths: records.slice(at + 1, end),
      type: records[end],
      text: records[end + 1].trim(),
    });
    at = end + 2;
  }
  return { outcome, next: at + 1 };
}

function notUnderstood(record: string): GitError {
  return new GitError(
    `git merge-tree wrote what is not understood: ${record.slice(0, 200)}`,
  );
}
