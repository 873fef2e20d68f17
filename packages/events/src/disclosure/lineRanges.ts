/** Lines of a file, both ends included. */
export interface LineRange {
  first: number;
  last: number;
}

/** How many lines the ranges hold together; a line in several of them counts once. */
export function countLines(ranges: readonly LineRange[]): number {
  const ordered = [...ranges].sort((a, b) => a.first - b.first);
  let counted = 0;
  let end = 0;
  for (const { first, last } of ordered) {
    const from = Math.max(first, end + 1);
    counted += Math.max(0, last - from + 1);
    end = Math.max(end, last);
  }
  return counted;
}
