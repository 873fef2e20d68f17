/** Text that stays in its cell and means nothing to Markdown or HTML. */
export function cell(value: string | number): string {
  return String(value)
    .replace(/\s+/g, ' ')
    .replace(/[\\|`*_<>[\]]/g, match => `\\${match}`);
}

/** A Markdown table; every cell is plain text. */
export function table(
  head: string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(row => line(row.map(cell))),
  ].join('\n');
}

/** A score for people: one decimal, `no score` for `null`. */
export function amount(value: number | null): string {
  return value === null ? 'no score' : String(Math.round(value * 10) / 10);
}
