/** A change in points with its sign, to a tenth: `+3`, `−7.5`, `±0`. A change too small for a tenth keeps its sign. */
export function signedPoints(points: number): string {
  if (Math.abs(points) < 1e-9) {
    return '±0';
  }
  const sign = points < 0 ? '−' : '+';
  const tenths = Math.round(Math.abs(points) * 10) / 10;
  return tenths === 0 ? `${sign}less than 0.1` : `${sign}${tenths}`;
}
