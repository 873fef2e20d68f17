import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import poissonCdf from '@stdlib/stats-base-dists-poisson-cdf';
import { errorFunction, probit } from 'simple-statistics';

/** P(X >= count) where `expected` events are to be expected. */
export function poissonUpperTail(count: number, expected: number): number {
  return count <= 0 ? 1 : Math.max(0, 1 - poissonCdf(count - 1, expected));
}

/** P(X >= events) in `n` trials at `rate`. */
export function binomialUpperTail(
  events: number,
  n: number,
  rate: number,
): number {
  // Counted from the other side, a small tail keeps its digits.
  return events <= 0 ? 1 : binomialCdf(n - events, n, 1 - rate);
}

/** P(Z >= z) of the standard normal distribution; `simple-statistics` is right to 1e-7. */
export function normalUpperTail(z: number): number {
  return Math.max(0, (1 - errorFunction(z / Math.SQRT2)) / 2);
}

/**
 * Where a count stands among those to be expected, as the value of a standard normal variable: the quantile residual
 * of P. K. Dunn and G. K. Smyth, "Randomized quantile residuals", Journal of Computational and Graphical Statistics 5
 * (1996), with the middle of the step in place of a random point, so that it is the same every time.
 *
 * @param atLeast - P(X >= x)
 * @param above - P(X > x)
 */
export function quantileResidual(atLeast: number, above: number): number {
  return probit(1 - (atLeast + above) / 2);
}
