import type { FileMode, TreeMove } from '@goldenpath/engine';
import { GitError } from '../process/GitError';
import { zeroSeparated } from '../repository/listTree';
import type { NamedFile } from './importCommands';

const CHANGE = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) ([ADMT])$/;

/** A path with the file it gets, or without one when it goes away. */
export type PathChange = { path: string; file?: NamedFile };

/** Output of `git diff-tree -z --raw --no-renames`. */
export function parseChanges(output: Uint8Array): PathChange[] {
  const records = zeroSeparated(output);
  const changes: PathChange[] = [];
  for (let at = 0; at + 1 < records.length; at += 2) {
    const [, mode, blob, kind] = CHANGE.exec(records[at]) ?? [];
    if (kind === undefined) {
      throw new GitError(
        `git diff-tree wrote what is not understood: ${records[at].slice(
          0,
          200,
        )}`,
      );
    }
    const path = records[at + 1];
    changes.push(
      kind === 'D'
        ? { path }
        : { path, file: { mode: mode as FileMode, blob } },
    );
  }
  return changes;
}

/** Output of `git diff-tree -z -M --diff-filter=R --name-status`. */
export function parseMoves(output: Uint8Array): TreeMove[] {
  const records = zeroSeparated(output);
  const moves: TreeMove[] = [];
  for (let at = 0; at + 2 < records.length; at += 3) {
    moves.push({ from: records[at + 1], to: records[at + 2] });
  }
  return moves;
}
