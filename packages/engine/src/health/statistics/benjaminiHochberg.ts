/**
 * P values adjusted for being several, so that comparing them with a rate keeps the share of false discoveries below
 * it: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B
 * 57 (1995). In the order given.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues
    .map((_, index) => index)
    .sort((a, b) => pValues[b] - pValues[a]);
  const adjusted: number[] = new Array(pValues.length);
  let smallest = 1;
  order.forEach((index, position) => {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, (pValues[index] * pValues.length) / rank);
    adjusted[index] = smallest;
  });
  return adjusted;
}
