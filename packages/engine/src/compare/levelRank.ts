/**
 * The place of a level on the newer of two ladders, -1 for none: its own place when the newer ladder has it, else that
 * of the highest level below it which the newer ladder still has.
 */
export function levelRank(
  level: string | null,
  ladder: readonly string[],
  newer: readonly string[],
): number {
  const reached =
    level === null ? [] : ladder.slice(0, ladder.indexOf(level) + 1);
  return Math.max(-1, ...reached.map(name => newer.indexOf(name)));
}
