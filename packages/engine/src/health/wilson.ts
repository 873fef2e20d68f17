/** The 0.975 quantile of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * The Wilson score interval of a proportion at 95 %, without continuity correction: E. B. Wilson, "Probable
 * Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927); recommended for small
 * samples by Brown, Cai and DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science
 * 16 (2001).
 *
 * @param successes - between 0 and `trials`
 * @param trials - above 0
 */
export function wilsonInterval(
  successes: number,
  trials: number,
): { low: number; high: number } {
  const p = successes / trials;
  const z2 = Z_95 ** 2;
  const centre = p + z2 / (2 * trials);
  const half =
    Z_95 * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials ** 2));
  const scale = 1 + z2 / trials;
  return {
    low: Math.max(0, Math.min(p, (centre - half) / scale)),
    high: Math.min(1, Math.max(p, (centre + half) / scale)),
  };
}
