import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { diffArrays } from 'diff';

/** One change of the lines of a text: a run of them that is replaced by another. Positions count from 0. */
export type Hunk = {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
};

const MAX_TEXT_LENGTH = 1_000_000;
const MAX_EDITS = 1000;
const MAX_HUNKS = 200;
/** Characters that merging each hunk by itself may take. */
const MAX_MERGED_LENGTH = 20_000_000;
const MAX_SHOWN_LINES = 400;
const MAX_SHOWN_LENGTH = 2000;
const CONTEXT = 3;
const ID_LENGTH = 12;

/** Lines with their ends; the last has none where the text ends without. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * The changes from one text to another, without context. Texts that are too long or too different to be compared in
 * bounded time have one change, of everything between their equal beginnings and ends.
 */
export function findHunks(
  oldLines: readonly string[],
  newLines: readonly string[],
): Hunk[] {
  const [start, end] = equalEnds(oldLines, newLines);
  const oldMiddle = oldLines.slice(start, oldLines.length - end);
  const newMiddle = newLines.slice(start, newLines.length - end);
  if (oldMiddle.length === 0 && newMiddle.length === 0) {
    return [];
  }
  const whole: Hunk = {
    oldStart: start,
    oldCount: oldMiddle.length,
    newStart: start,
    newCount: newMiddle.length,
  };
  // What has no line in common, or too few for the search below to end, is told without searching
  const common = commonLines(oldMiddle, newMiddle);
  const fewestEdits = oldMiddle.length + newMiddle.length - 2 * common;
  if (common === 0 || fewestEdits > MAX_EDITS) {
    return [whole];
  }
  const hunks =
    textLength(oldMiddle) + textLength(newMiddle) > 2 * MAX_TEXT_LENGTH
      ? undefined
      : compareLines(oldMiddle, newMiddle);
  if (
    !hunks ||
    hunks.length > MAX_HUNKS ||
    hunks.length * textLength(oldLines) > MAX_MERGED_LENGTH
  ) {
    return [whole];
  }
  return hunks.map(hunk => ({
    ...hunk,
    oldStart: hunk.oldStart + start,
    newStart: hunk.newStart + start,
  }));
}

/** The old lines with some of the changes made. */
export function applyHunks(options: {
  oldLines: readonly string[];
  newLines: readonly string[];
  /** In the order of the text. */
  hunks: readonly Hunk[];
}): string[] {
  const { oldLines, newLines, hunks } = options;
  const result: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    for (; at < hunk.oldStart; at += 1) {
      result.push(oldLines[at]);
    }
    for (let i = 0; i < hunk.newCount; i += 1) {
      result.push(newLines[hunk.newStart + i]);
    }
    at += hunk.oldCount;
  }
  for (; at < oldLines.length; at += 1) {
    result.push(oldLines[at]);
  }
  return result;
}

/** The changed lines of a hunk as a diff marks them, without context. */
export function changedLines(options: {
  oldLines: readonly string[];
  newLines: readonly string[];
  hunk: Hunk;
}): string[] {
  const { oldLines, newLines, hunk } = options;
  return [
    ...marked('-', oldLines, hunk.oldStart, hunk.oldStart + hunk.oldCount),
    ...marked('+', newLines, hunk.newStart, hunk.newStart + hunk.newCount),
  ];
}

/** A hunk as a diff shows it, with up to three lines of context; of a very long one and of very long lines the beginning. */
export function diffLines(options: {
  oldLines: readonly string[];
  newLines: readonly string[];
  hunk: Hunk;
}): string[] {
  const { oldLines, hunk } = options;
  const { oldStart, oldCount } = hunk;
  const oldEnd = oldStart + oldCount;
  const changes = changedLines(options);
  const shown = changes.slice(0, MAX_SHOWN_LINES);
  return [
    ...marked(' ', oldLines, Math.max(0, oldStart - CONTEXT), oldStart),
    ...shown,
    ...(shown.length < changes.length
      ? [`\\ ${changes.length - shown.length} more lines`]
      : []),
    ...marked(' ', oldLines, oldEnd, oldEnd + CONTEXT),
  ].map(shorten);
}

function shorten(line: string): string {
  const more = line.length - 1 - MAX_SHOWN_LENGTH;
  return more > 0
    ? `${line.slice(0, 1 + MAX_SHOWN_LENGTH)}… (${more} more characters)`
    : line;
}

/**
 * Names each hunk by what it removes and adds, whatever the file's name, line ends and other hunks; equal ones are told
 * apart by their order.
 */
export function hunkIds(options: {
  oldLines: readonly string[];
  newLines: readonly string[];
  hunks: readonly Hunk[];
}): string[] {
  const { oldLines, newLines, hunks } = options;
  const seen = new Map<string, number>();
  return hunks.map(hunk => {
    const text = changedLines({ oldLines, newLines, hunk })
      .map(line => line.replace(/\r$/, ''))
      .join('\n');
    const occurrence = seen.get(text) ?? 0;
    seen.set(text, occurrence + 1);
    return shortHash(`${text}\n#${occurrence}`);
  });
}

/** The first digits of the SHA-256 of a text. */
export function shortHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, ID_LENGTH);
}

function compareLines(
  oldLines: readonly string[],
  newLines: readonly string[],
): Hunk[] | undefined {
  const parts = diffArrays([...oldLines], [...newLines], {
    maxEditLength: MAX_EDITS,
  });
  if (!parts) {
    return undefined;
  }
  const hunks: Hunk[] = [];
  let oldAt = 0;
  let newAt = 0;
  let open: Hunk | undefined;
  for (const { count, added, removed } of parts) {
    if (!added && !removed) {
      oldAt += count;
      newAt += count;
      open = undefined;
    } else {
      if (!open) {
        open = { oldStart: oldAt, oldCount: 0, newStart: newAt, newCount: 0 };
        hunks.push(open);
      }
      if (added) {
        open.newCount += count;
        newAt += count;
      } else {
        open.oldCount += count;
        oldAt += count;
      }
    }
  }
  return hunks;
}

/** How many lines are equal at the beginning and, beyond these, at the end. */
function equalEnds(
  a: readonly string[],
  b: readonly string[],
): [start: number, end: number] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < shorter - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  return [start, end];
}

/** How many lines both have, wherever they stand. */
function commonLines(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of a) {
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  let common = 0;
  for (const line of b) {
    const count = counts.get(line) ?? 0;
    if (count > 0) {
      counts.set(line, count - 1);
      common += 1;
    }
  }
  return common;
}

function textLength(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

function marked(
  mark: string,
  lines: readonly string[],
  from: number,
  to: number,
): string[] {
  return lines
    .slice(from, to)
    .flatMap(line =>
      line.endsWith('\n')
        ? [`${mark}${line.slice(0, -1)}`]
        : [`${mark}${line}`, '\\ No newline at end of file'],
    );
}
