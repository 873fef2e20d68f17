import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import type { Proportion } from './newcombe';

/** Intervals of Simpson's rule; an even number. */
const INTERVALS = 100;
/** Half width of the integration in standard deviations. */
const REACH = 8;

/** `2 x ln(y)`, with nothing of it where the exponent is 0. */
function power(exponent: number, base: number): number {
  return exponent === 0 ? 0 : 2 * exponent * Math.log(base);
}

/**
 * P(a > b) of two rates with Beta(0.5, 0.5) priors, independent of each other: the integral of the posterior density of
 * `a` times the posterior distribution function of `b`, by Simpson's rule. With p = sin^2(t), the density becomes
 * sin^(2 events) cos^(2 (n - events)), which is smooth to its ends.
 */
export function probabilityGreater(a: Proportion, b: Proportion): number {
  const centre = Math.asin(Math.sqrt((a.events + 0.5) / (a.n + 1)));
  const reach = REACH / (2 * Math.sqrt(a.n + 1));
  const from = Math.max(0, centre - reach);
  const to = Math.min(Math.PI / 2, centre + reach);
  const peak =
    power(a.events, Math.sin(centre)) + power(a.n - a.events, Math.cos(centre));
  let density = 0;
  let greater = 0;
  for (let i = 0; i <= INTERVALS; i++) {
    const angle = from + ((to - from) * i) / INTERVALS;
    const edge = i === 0 || i === INTERVALS;
    const simpson = edge ? 1 : 2 + 2 * (i % 2);
    const weight =
      simpson *
      Math.exp(
        power(a.events, Math.sin(angle)) +
          power(a.n - a.events, Math.cos(angle)) -
          peak,
      );
    density += weight;
    if (weight > 0) {
      greater +=
        weight *
        betaCdf(Math.sin(angle) ** 2, b.events + 0.5, b.n - b.events + 0.5);
    }
  }
  return greater / density;
}
