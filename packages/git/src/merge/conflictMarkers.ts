import { GitError } from '../process/GitError';

/** Length of conflict markers, unless contents hold such a run. */
export const USUAL_MARKER_SIZE = 97;

/** The side that wins where both changed the same lines. */
export type Favoured = 'ours' | 'theirs';

/**
 * A length for conflict markers that no line of the contents can be taken for.
 */
export function markerSizeFor(contents: Iterable<Uint8Array>): number {
  let size = USUAL_MARKER_SIZE;
  for (const content of contents) {
    while (holdsRun(content, size)) {
      size *= 2;
    }
  }
  return size;
}

function holdsRun(content: Uint8Array, length: number): boolean {
  const bytes = Buffer.from(
    content.buffer,
    content.byteOffset,
    content.byteLength,
  );
  return ['<', '=', '>'].some(sign => bytes.includes(sign.repeat(length)));
}

/**
 * Settles a text with conflict markers for one side.
 *
 * @param options.merged - what git merged, with the markers `<<<<<<< ours`, `=======` and `>>>>>>> theirs`
 * @param options.markerSize - length of the markers
 * @param options.side - the whole text of the side that wins
 */
export function settleFor(options: {
  merged: Uint8Array;
  markerSize: number;
  favour: Favoured;
  side: Uint8Array;
}): Uint8Array {
  const { merged, markerSize, favour, side } = options;
  const markers = [
    `${'<'.repeat(markerSize)} ours`,
    '='.repeat(markerSize),
    `${'>'.repeat(markerSize)} theirs`,
  ];
  const taken = favour === 'ours' ? 1 : 2;
  const lines = linesOf(merged);
  const settled: string[] = [];
  // 0 outside of a conflict, 1 in the part of ours, 2 in the one of theirs
  let part = 0;
  let lastTaken = -1;
  for (const line of lines) {
    if (line.replace(/\r?\n$/, '') === markers[part]) {
      part = (part + 1) % 3;
    } else if (part === 0 || part === taken) {
      settled.push(line);
      lastTaken = part;
    }
  }
  if (part !== 0) {
    throw new GitError('git merge-tree left a conflict without an end');
  }
  const endsInConflict = lines.at(-1)?.startsWith(markers[2]) ?? false;
  if (endsInConflict && lastTaken === taken) {
    // git ends the last line before a marker, also where the side's own last line has no end
    settled[settled.length - 1] = linesOf(side).at(-1) ?? '';
  }
  return new Uint8Array(Buffer.from(settled.join(''), 'latin1'));
}

/** Lines with their ends; every byte is a character. */
function linesOf(content: Uint8Array): string[] {
  const text = Buffer.from(content).toString('latin1');
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
