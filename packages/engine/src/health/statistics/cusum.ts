/** The crossing of one side of the chart that stands at the last point. */
export interface CusumSignal {
  /** Position of the crossing. */
  index: number;
  /** Position at which the sum last left zero: the probable beginning. */
  onset: number;
  /** The latest sum beyond the limit, in standard deviations. */
  statistic: number;
  direction: 'higher' | 'lower';
}

/**
 * The tabular cumulative sum chart: k is half the shift to be seen, h the limit, both in standard deviations. D. C.
 * Montgomery, "Introduction to Statistical Quality Control", chapter 9, after E. S. Page (1954). A crossing
 * stands until the sum is back at zero, so that a shift that is over is none.
 */
export function cusumSignals(
  values: readonly number[],
  options: { target: number; sigma: number; k?: number; h?: number },
): CusumSignal[] {
  const { target, sigma, k = 0.5, h = 5 } = options;
  return (['higher', 'lower'] as const).flatMap(direction => {
    const sign = direction === 'higher' ? 1 : -1;
    let sum = 0;
    let onset = 0;
    let first: CusumSignal | undefined;
    values.forEach((value, index) => {
      sum = Math.max(0, sum + (sign * (value - target)) / sigma - k);
      if (sum === 0) {
        onset = index + 1;
        first = undefined;
      } else if (sum > h) {
        first ??= { index, onset, statistic: sum, direction };
        first.statistic = sum;
      }
    });
    return first ? [first] : [];
  });
}
