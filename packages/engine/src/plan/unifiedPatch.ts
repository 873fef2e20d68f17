import { changedLines, findHunks, type Hunk, splitLines } from './hunks';

const CONTEXT = 3;
const MAX_LENGTH = 200_000;

/**
 * Unified diff of two texts with three lines of context and without a header, or `undefined` where it would be larger
 * than anybody reads.
 */
export function unifiedPatch(
  oldText: string,
  newText: string,
): string | undefined {
  if (oldText.length > MAX_LENGTH || newText.length > MAX_LENGTH) {
    return undefined;
  }
  const oldLines = splitLines(oldText);
  const newLines = splitLines(newText);
  return nearHunks(findHunks(oldLines, newLines))
    .map(hunks => patchOf({ oldLines, newLines, hunks }))
    .join('');
}

/** Unified diff of neighbouring hunks: one range, with what lies between them. */
export function patchOf(options: {
  oldLines: readonly string[];
  newLines: readonly string[];
  hunks: readonly Hunk[];
}): string {
  const { oldLines, newLines, hunks } = options;
  const first = hunks[0];
  const last = hunks[hunks.length - 1];
  const before = Math.min(CONTEXT, first.oldStart);
  const lastEnd = last.oldStart + last.oldCount;
  const after = Math.min(CONTEXT, oldLines.length - lastEnd);
  const lines: string[] = [];
  let at = first.oldStart - before;
  const context = (to: number) => {
    for (; at < to; at += 1) {
      lines.push(...contextLine(oldLines[at]));
    }
  };
  for (const hunk of hunks) {
    context(hunk.oldStart);
    lines.push(...changedLines({ oldLines, newLines, hunk }));
    at += hunk.oldCount;
  }
  context(lastEnd + after);
  const oldCount = lastEnd + after - (first.oldStart - before);
  const newCount =
    last.newStart + last.newCount + after - (first.newStart - before);
  const range = (start: number, count: number) =>
    `${count === 0 ? start : start + 1}${count === 1 ? '' : `,${count}`}`;
  return `@@ -${range(first.oldStart - before, oldCount)} +${range(
    first.newStart - before,
    newCount,
  )} @@\n${lines.map(line => `${line}\n`).join('')}`;
}

/** Hunks whose context would touch, together. */
function nearHunks(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const group = groups[groups.length - 1];
    const last = group?.[group.length - 1];
    if (
      last &&
      hunk.oldStart - (last.oldStart + last.oldCount) <= 2 * CONTEXT
    ) {
      group.push(hunk);
    } else {
      groups.push([hunk]);
    }
  }
  return groups;
}

function contextLine(line: string): string[] {
  return line.endsWith('\n')
    ? [` ${line.slice(0, -1)}`]
    : [` ${line}`, '\\ No newline at end of file'];
}
