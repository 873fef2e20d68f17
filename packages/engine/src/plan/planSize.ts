import type { PlanFile, ServiceEdit } from '../model';

/** Characters of all diffs in one plan, and as many of all edits: more than anybody reads, and a reply still carries it. */
export const MAX_DIFF_LENGTH = 1_000_000;

const LEFT_OUT =
  'What changes is too much to be shown here; look at the files themselves';

/**
 * Leaves out diffs of files from where all of them together would be too long, and says so at each of them. What is done
 * to the files, and the changes that can be decided, stay as they are.
 */
export function withoutExcessDiffs(files: readonly PlanFile[]): PlanFile[] {
  let room = MAX_DIFF_LENGTH;
  return files.map(file => {
    const { patch = '', hunks, reason } = file;
    const length = hunks.reduce(
      (sum, { lines }) => sum + textLength(lines),
      patch.length,
    );
    if (length <= room) {
      room -= length;
      return file;
    }
    const { patch: _patch, ...rest } = file;
    return {
      ...rest,
      hunks: hunks.map(hunk => ({ ...hunk, lines: [] })),
      reason: reason === undefined ? LEFT_OUT : `${reason}. ${LEFT_OUT}`,
    };
  });
}

/** Leaves out the diffs of edits from where all of them together would be too long; their fingerprints stay. */
export function withoutExcessEdits(
  edits: readonly ServiceEdit[],
): ServiceEdit[] {
  let room = MAX_DIFF_LENGTH;
  return edits.map(edit => {
    if (edit.patch.length <= room) {
      room -= edit.patch.length;
      return edit;
    }
    return { ...edit, patch: '\\ Left out\n' };
  });
}

function textLength(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
