/**
 * The percentile of some values by the nearest-rank method: the smallest value that at least `share` of all values do
 * not exceed, which is the one at place ⌈share · n⌉ in ascending order. Always one of the values, never a mean of two.
 *
 * `share` is above 0 and at most 1. Undefined when there are no values.
 * @public
 */
export function nearestRank(
  values: number[],
  share: number,
): number | undefined {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.ceil(share * ascending.length) - 1];
}
