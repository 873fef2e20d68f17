import type { PlanConflictKind, PlanFile, ServiceEdit } from '../model';
import { codeSpan, fenced, tableCell } from './markdownText';

const MAX_DIFF_LENGTH = 8_000;

const ADVICE: Record<PlanConflictKind, string> = {
  content:
    "Both sides changed the same lines. Change the file on this branch so that it has what the template wants, or decide in the service's drift tab for each change: take it, or keep yours.",
  'add/add':
    'The service has a file of its own in this place. Move yours, take what is of use, or decide to take or keep the whole file.',
  binary:
    'This is no text, so that it cannot be merged. Decide to take the new one or to keep yours.',
  mode: 'Both sides changed what kind of file this is (executable, link). Decide to take or to keep it.',
  'file/folder':
    'One side has a folder where the other has a file. Move yours, and update again.',
  rename:
    'Both sides moved this file, or have two files in one place. Move yours to where the template has it, and update again.',
  'no-base':
    'What was stamped cannot be reproduced, so that your edits cannot be told from old text. Compare, and decide for each difference or for the whole file.',
};

/** What a conflict is about, in words. */
export const CONFLICTS: Record<PlanConflictKind, string> = {
  content: 'both changed the same lines',
  'add/add': 'both added it',
  binary: 'both changed it, and it is no text',
  mode: 'both changed whether it may be run',
  'file/folder': 'a folder on one side, a file on the other',
  rename: 'both moved it',
  'no-base': 'what was stamped is not known any more',
};

/** A file in conflict: why, both sides' lines, and what to do. */
export function conflictBlock(
  file: PlanFile,
  edits: readonly ServiceEdit[],
): string {
  const { conflict, reason } = file;
  const hunks = file.hunks.filter(({ status }) => status === 'conflict');
  const own = edits.filter(
    edit =>
      edit.path === (file.movedFrom ?? file.path) &&
      hunks.some(hunk => isNear(edit, hunk)),
  );
  const theirs = hunks.map(
    hunk =>
      `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${
        hunk.newLines
      } @@\n${hunk.lines.join('\n')}`,
  );
  return [
    `### ${codeSpan(file.path)}${conflict ? `: ${CONFLICTS[conflict]}` : ''}`,
    ...(reason ? [`${tableCell(reason)}.`] : []),
    ...(theirs.length > 0
      ? ['What the template changes:', diff(theirs.join('\n'))]
      : []),
    ...(own.length > 0
      ? [
          'What the service changed there:',
          diff(own.map(({ patch }) => patch).join('')),
        ]
      : []),
    ...(conflict ? [ADVICE[conflict]] : []),
  ].join('\n\n');
}

/** A file that is put back, with the lines that this takes away. */
export function restoreBlock(file: PlanFile): string {
  const { patch, reason } = file;
  return [
    `### ${codeSpan(file.path)}`,
    ...(reason ? [`${tableCell(reason)}.`] : []),
    patch ? diff(patch) : 'It is no text, or too long to be shown here.',
  ].join('\n\n');
}

function isNear(edit: ServiceEdit, hunk: PlanFile['hunks'][number]): boolean {
  const range = /^@@ -(\d+)(?:,(\d+))?/.exec(edit.patch);
  if (!range) {
    return false;
  }
  // The range of an edit has up to three lines of context on each side
  const start = Number(range[1]);
  const end = start + Number(range[2] ?? 1);
  return start <= hunk.oldStart + hunk.oldLines && end >= hunk.oldStart;
}

function diff(text: string): string {
  if (text.length <= MAX_DIFF_LENGTH) {
    return fenced(text, 'diff');
  }
  const end = text.lastIndexOf('\n', MAX_DIFF_LENGTH);
  return `${fenced(
    text.slice(0, end),
    'diff',
  )}\n\nThe rest is too long to be shown here.`;
}
