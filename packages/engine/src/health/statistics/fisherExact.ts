import hypergeometricCdf from '@stdlib/stats-base-dists-hypergeometric-cdf';
import type { Proportion } from './newcombe';

/** Tables this much more likely than the observed one still count as equally likely; R's `fisher.test` uses the same. */
const TOLERANCE = 1 + 1e-7;

/**
 * The two-sided p value of Fisher's exact test of a 2x2 table: the probability, with the margins held fixed, of all
 * tables no more likely than the observed one. R. A. Fisher, "Statistical Methods for Research Workers" (1934),
 * section 21.02.
 */
export function fisherExact(a: Proportion, b: Proportion): number {
  const total = a.n + b.n;
  const events = a.events + b.events;
  const least = Math.max(0, events - b.n);
  const most = Math.min(events, a.n);
  const atMost = (x: number) => hypergeometricCdf(x, total, events, a.n);
  // Counted from the other side, a small upper tail keeps its digits.
  const atLeast = (x: number) =>
    hypergeometricCdf(a.n - x, total, total - events, a.n);
  const lower = atMost(a.events);
  const upper = atLeast(a.events);
  const observed =
    lower < upper
      ? lower - (a.events > least ? atMost(a.events - 1) : 0)
      : upper - (a.events < most ? atLeast(a.events + 1) : 0);
  const limit = observed * TOLERANCE;
  let opposite = 0;
  if (lower < upper) {
    for (let x = most; x > a.events; x--) {
      const tail = atLeast(x);
      if (tail - opposite > limit) {
        break;
      }
      opposite = tail;
    }
    return Math.min(1, lower + opposite);
  }
  for (let x = least; x < a.events; x++) {
    const tail = atMost(x);
    if (tail - opposite > limit) {
      break;
    }
    opposite = tail;
  }
  return Math.min(1, upper + opposite);
}
