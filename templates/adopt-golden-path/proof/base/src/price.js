/** What the lines of a cart cost, in cents. */
export function total(lines) {
  return lines.reduce((sum, { cents, count }) => sum + cents * count, 0);
}
