import type { Interval, Proportion } from './newcombe';

const Z_95 = 1.959963984540054;

/** One layer of the comparison, such as the small changes. */
export interface Stratum {
  exposed: Proportion;
  unexposed: Proportion;
}

/**
 * The Mantel-Haenszel risk difference, exposed minus unexposed, over strata, with its interval at 95 %. The variance is
 * the one that holds for few large strata and for many small ones alike: T. Sato, "On the variance estimator for the
 * Mantel-Haenszel risk difference", Biometrics 45 (1989). A stratum without both arms says nothing and has no weight.
 *
 * @returns `undefined` without such a stratum, or when all of one kind happened or nothing did: the variance is 0 then,
 * and an interval without width would claim to be certain.
 */
export function mantelHaenszelDifference(
  strata: readonly Stratum[],
): { difference: number; interval: Interval } | undefined {
  let weights = 0;
  let weighted = 0;
  let p = 0;
  let q = 0;
  for (const { exposed, unexposed } of strata) {
    const { events: a, n } = exposed;
    const { events: b, n: m } = unexposed;
    const total = n + m;
    if (n === 0 || m === 0) {
      continue;
    }
    weights += (n * m) / total;
    weighted += (a * m - b * n) / total;
    p += (n ** 2 * b - m ** 2 * a + (n * m * (m - n)) / 2) / total ** 2;
    q += (a * (m - b) + b * (n - a)) / (2 * total);
  }
  if (weights === 0) {
    return undefined;
  }
  const difference = weighted / weights;
  const variance = (difference * p + q) / weights ** 2;
  if (variance < 1e-12) {
    return undefined;
  }
  const half = Z_95 * Math.sqrt(variance);
  return {
    difference,
    interval: {
      low: Math.max(-1, difference - half),
      high: Math.min(1, difference + half),
    },
  };
}
