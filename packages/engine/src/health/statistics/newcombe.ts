import { wilsonInterval } from '../wilson';

/** Events among trials. @public */
export interface Proportion {
  /** Between 0 and `n`. */
  events: number;
  /** Above 0. */
  n: number;
}

/** Both limits belong to it. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The hybrid score interval, at 95 %, of the difference `a - b` of two independent proportions, made of their Wilson
 * intervals: method 10 of R. G. Newcombe, "Interval estimation for the difference between independent proportions:
 * comparison of eleven methods", Statistics in Medicine 17 (1998).
 */
export function newcombeInterval(a: Proportion, b: Proportion): Interval {
  const p = a.events / a.n;
  const q = b.events / b.n;
  const ofA = wilsonInterval(a.events, a.n);
  const ofB = wilsonInterval(b.events, b.n);
  return {
    low: p - q - Math.hypot(p - ofA.low, ofB.high - q),
    high: p - q + Math.hypot(ofA.high - p, q - ofB.low),
  };
}
