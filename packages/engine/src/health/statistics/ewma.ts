import type { Interval } from './newcombe';

/**
 * The exponentially weighted moving average chart with its limits as they settle: NIST/SEMATECH e-Handbook of
 * Statistical Methods, section 6.3.2.4, after S. W. Roberts (1959). It starts at the target.
 */
export function ewmaChart(
  values: readonly number[],
  options: { target: number; sigma: number; lambda?: number; limit?: number },
): { averages: number[]; limits: Interval } {
  const { target, sigma, lambda = 0.3, limit = 3 } = options;
  const half = limit * sigma * Math.sqrt(lambda / (2 - lambda));
  let average = target;
  return {
    averages: values.map(value => {
      average = lambda * value + (1 - lambda) * average;
      return average;
    }),
    limits: { low: target - half, high: target + half },
  };
}
