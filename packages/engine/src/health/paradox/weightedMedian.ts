const HALF = 0.5;
const NEAR = 1e-9;

/** A span that counts as often as its day was drawn. */
export interface DatedSpan {
  seconds: number;
  ended: boolean;
  /** Position of its day among the weights. */
  day: number;
}

/**
 * The order `weightedMedian` wants: by length, and what ended before what was still open then.
 */
export function bySeconds(a: DatedSpan, b: DatedSpan): number {
  return a.seconds - b.seconds || Number(b.ended) - Number(a.ended);
}

/**
 * The median by the Kaplan-Meier curve, each span counted as often as the weight of its day says; with weights of 1 it is
 * `censoredMedian`. Where too much is open for the curve to fall to one half, the longest span stands for it: the median
 * is at least that.
 *
 * @param spans - sorted by `bySeconds`
 * @param total - the weights of all spans together
 * @returns `undefined` when no span has weight.
 */
export function weightedMedian(
  spans: readonly DatedSpan[],
  weights: readonly number[],
  total: number,
): number | undefined {
  if (total === 0) {
    return undefined;
  }
  let atRisk = total;
  let share = 1;
  let level: number | undefined;
  let longest = 0;
  for (const { seconds, ended, day } of spans) {
    const weight = weights[day];
    if (weight === 0) {
      continue;
    }
    longest = seconds;
    if (ended) {
      if (level !== undefined && seconds > level) {
        return (level + seconds) / 2;
      }
      share *= (atRisk - weight) / atRisk;
      if (share < HALF - NEAR) {
        return seconds;
      }
      if (share <= HALF + NEAR) {
        level = seconds;
      }
    }
    atRisk -= weight;
  }
  return longest;
}
