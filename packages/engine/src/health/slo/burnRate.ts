import type { SloContent } from '../../model';

/** Bad and valid events over so many seconds. @public */
export type SloWindow = SloContent['windows'][number];

/**
 * Bad of valid events of a window, 0 to 1; null without traffic, which is neither 0 nor not a number.
 *
 * @public
 */
export function errorRateOf({
  bad,
  valid,
  errorRate,
}: SloWindow): number | null {
  if (bad !== undefined && valid !== undefined) {
    return valid === 0 ? null : bad / valid;
  }
  return errorRate ?? null;
}

/** As exactly as a target is ever given: 1 - 0.9 is 0.1 to it, and not a little less. */
const UNITS = 1e12;
/** Share of a threshold that may be the noise of binary fractions. */
const NOISE = 1e-9;

/**
 * The error budget of an objective as a share of valid events, `1 - target`.
 *
 * @public
 */
export function budgetShareOf(target: number): number {
  return Math.round((1 - target) * UNITS) / UNITS;
}

/** Whether a burn rate is strictly above a threshold, and not only by the noise of binary fractions. */
export function isAbove(burnRate: number, threshold: number): boolean {
  return burnRate > threshold * (1 + NOISE);
}

/**
 * How many times faster than the objective allows the budget is used: `errorRate / (1 - target)`. At 1 it lasts exactly
 * for the period. Null without traffic.
 *
 * @public
 */
export function burnRateOf(
  errorRate: number | null,
  target: number,
): number | null {
  return errorRate === null ? null : errorRate / budgetShareOf(target);
}

/**
 * Hours until a budget is used up: `remaining * periodHours / burn`. An untouched budget of 30 days at a burn rate of 1000
 * lasts 0.72 h, about 43 minutes. 0 when nothing is left; null when the burn rate is 0 or not known.
 *
 * @public
 */
export function exhaustionHours(options: {
  /** Share of the budget that is left; 1 by default. */
  remaining?: number;
  periodDays: number;
  burnRate: number | null;
}): number | null {
  const { remaining = 1, periodDays, burnRate } = options;
  if (remaining <= 0) {
    return 0;
  }
  return burnRate === null || burnRate === 0
    ? null
    : (remaining * periodDays * 24) / burnRate;
}
