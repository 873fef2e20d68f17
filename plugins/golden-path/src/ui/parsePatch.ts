import {
  FileData,
  HunkData,
  HunkTokens,
  markEdits,
  parseDiff,
  tokenize,
} from 'react-diff-view';

// What is read for drawing; the rest of a longer patch is said to be left out.
const MAX_LINES = 20_000;
const MAX_LINE_LENGTH = 2_000;
// Marking words inside lines costs far more than drawing the lines.
const MAX_MARKED_CHARACTERS = 40_000;
const MAX_MARKED_LINE_NUMBER = 50_000;

/** A patch of one file, ready to be drawn. */
export interface ParsedPatch {
  hunks: HunkData[];
  /** Whether all of it is new, all of it gone, or some of it changed. */
  type: 'add' | 'delete' | 'modify';
  added: number;
  removed: number;
  /** Lines of the patch that are not in `hunks`, since there are too many. */
  leftOut: number;
  newlineMissing: { old: boolean; new: boolean };
  /** What the patch says besides its lines, such as how many it leaves out itself. */
  notes: string[];
}

const NO_NEWLINE = /^\\ No newline at end of file/;

// Characters that are not seen, and those that turn the order of what is read around.
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text as it is, but hidden characters are written as their code points, so that a reviewer sees what is there. */
export function visibleText(text: string): string {
  const cut =
    text.length > MAX_LINE_LENGTH
      ? `${text.slice(0, MAX_LINE_LENGTH)}… (${
          text.length - MAX_LINE_LENGTH
        } more characters)`
      : text;
  return cut.replace(
    HIDDEN,
    character =>
      `‹U+${(character.codePointAt(0) ?? 0)
        .toString(16)
        .toUpperCase()
        .padStart(4, '0')}›`,
  );
}

function mixesLineEnds(lines: string[]) {
  const body = lines.filter(line => /^[ +-]/.test(line));
  const returns = body.filter(line => line.endsWith('\r')).length;
  return returns > 0 && returns < body.length;
}

function toParsed(
  file: FileData,
  leftOut: number,
  notes: string[],
): ParsedPatch {
  const changes = file.hunks.flatMap(hunk => hunk.changes);
  const added = changes.filter(change => change.type === 'insert').length;
  const removed = changes.filter(change => change.type === 'delete').length;
  const whole = file.hunks.length === 1 && leftOut === 0;
  const all = (count: number) => whole && count === changes.length;
  let type: ParsedPatch['type'] = 'modify';
  if (all(added) && file.hunks[0].oldStart === 0) {
    type = 'add';
  } else if (all(removed) && file.hunks[0].newStart === 0) {
    type = 'delete';
  }
  return {
    hunks: file.hunks,
    type,
    added,
    removed,
    leftOut,
    notes,
    newlineMissing: {
      old: !file.oldEndingNewLine,
      new: !file.newEndingNewLine,
    },
  };
}

/**
 * Reads a unified diff of one file, with or without header. `undefined` when it is none: then it is shown as text.
 */
export function parsePatch(patch: string): ParsedPatch | undefined {
  const all = patch.replace(/\n$/, '').split('\n');
  const first = all.findIndex(line => line.startsWith('@@'));
  if (first < 0) {
    return undefined;
  }
  const body = all.slice(first, first + MAX_LINES);
  const keepReturns = mixesLineEnds(body);
  // The library takes every line after a backslash for the one about the last newline.
  const isNote = (line: string) =>
    line.startsWith('\\') && !NO_NEWLINE.test(line);
  const notes = body
    .filter(isNote)
    .map(line => visibleText(line.slice(1).trim()));
  const lines = body
    .filter(line => !isNote(line))
    .map(line => visibleText(keepReturns ? line : line.replace(/\r$/, '')));
  // The library takes a path from the header by splitting at spaces, so that it gets a header without any.
  const header = ['diff --git a/file b/file', '--- a/file', '+++ b/file'];
  try {
    const [file] = parseDiff([...header, ...lines].join('\n'));
    return file && toParsed(file, all.length - first - body.length, notes);
  } catch {
    return undefined;
  }
}

function lastLineNumber(hunks: HunkData[]) {
  return Math.max(
    0,
    ...hunks.map(
      hunk => Math.max(hunk.oldStart, hunk.newStart) + hunk.changes.length,
    ),
  );
}

/** Marks the words that differ inside changed lines; `null` where that would take too long. */
export function markWords(hunks: HunkData[]): HunkTokens | null {
  const characters = hunks
    .flatMap(hunk => hunk.changes)
    .reduce((sum, change) => sum + change.content.length, 0);
  if (
    characters > MAX_MARKED_CHARACTERS ||
    lastLineNumber(hunks) > MAX_MARKED_LINE_NUMBER
  ) {
    return null;
  }
  try {
    return tokenize(hunks, {
      enhancers: [markEdits(hunks, { type: 'block' })],
    });
  } catch {
    return null;
  }
}

/** The first `limit` lines of hunks; the last of them may be cut. */
export function firstLines(hunks: HunkData[], limit: number): HunkData[] {
  const shown: HunkData[] = [];
  let room = limit;
  for (const hunk of hunks) {
    if (room <= 0) {
      break;
    }
    shown.push(
      hunk.changes.length > room
        ? { ...hunk, changes: hunk.changes.slice(0, room) }
        : hunk,
    );
    room -= hunk.changes.length;
  }
  return shown;
}
