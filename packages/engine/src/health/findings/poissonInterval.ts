import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';

/**
 * The exact interval of a Poisson rate at 95 %: F. Garwood, "Fiducial Limits for the Poisson Distribution",
 * Biometrika 28 (1936), by quantiles of the chi-square distribution.
 *
 * @param count - events seen, a whole number from 0
 * @param exposure - what they were seen in, above 0, such as a number of releases
 */
export function poissonInterval(
  count: number,
  exposure: number,
): { low: number; high: number } {
  return {
    low: count === 0 ? 0 : chisquareQuantile(0.025, 2 * count) / 2 / exposure,
    high: chisquareQuantile(0.975, 2 * count + 2) / 2 / exposure,
  };
}
