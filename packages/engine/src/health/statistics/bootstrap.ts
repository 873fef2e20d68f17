import { quantileSorted } from 'simple-statistics';
import type { Interval } from './newcombe';

/** A number from 0 up to but not 1, another at each call. */
export type RandomSource = () => number;

/** FNV-1a: a number out of a text. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Numbers that look random and are the same for the same seed: G. Marsaglia's Weyl sequence with a mixing step, as in
 * "SplitMix" (G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014), in 32 bits. Not for secrets.
 */
export function seededRandom(seed: string): RandomSource {
  let state = seedOf(seed);
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** How often each of `size` items is drawn in one resample with replacement. */
export function resampleWeights(size: number, random: RandomSource): number[] {
  const weights: number[] = new Array(size).fill(0);
  for (let draw = 0; draw < size; draw++) {
    weights[Math.floor(random() * size)] += 1;
  }
  return weights;
}

/**
 * The percentile interval of a bootstrap: B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993),
 * chapter 13. Resamples in which the statistic has no value are passed over.
 *
 * @param error - share outside the interval, both sides together
 * @returns `undefined` when more than one resample in twenty has no value: the sample is too thin.
 */
export function percentileInterval(
  statistics: readonly (number | undefined)[],
  error = 0.05,
): Interval | undefined {
  const known = statistics
    .filter(value => value !== undefined)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (known.length === 0 || known.length < 0.95 * statistics.length) {
    return undefined;
  }
  return {
    low: quantileSorted(known, error / 2),
    high: quantileSorted(known, 1 - error / 2),
  };
}
