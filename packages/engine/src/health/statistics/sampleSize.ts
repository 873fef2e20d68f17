/** Quantiles of the standard normal distribution: two-sided 5 %, and power 80 %. */
const Z_ALPHA = 1.959963984540054;
const Z_POWER = 0.8416212335729143;

/**
 * How many trials each of two arms needs to see a doubling of a rate at 80 % power, two-sided at 5 %: J. L. Fleiss,
 * "Statistical Methods for Rates and Proportions" (2nd edition, 1981), chapter 3, without continuity correction.
 *
 * @param rate - above 0
 * @returns `undefined` when the rate cannot double, from one half on.
 */
export function sampleSizeForDoubling(rate: number): number | undefined {
  if (!(rate > 0 && rate < 0.5)) {
    return undefined;
  }
  const doubled = 2 * rate;
  const mean = (rate + doubled) / 2;
  const root =
    Z_ALPHA * Math.sqrt(2 * mean * (1 - mean)) +
    Z_POWER * Math.sqrt(rate * (1 - rate) + doubled * (1 - doubled));
  return Math.ceil((root / (doubled - rate)) ** 2);
}
