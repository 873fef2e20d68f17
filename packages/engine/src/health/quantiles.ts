import { mean, quantileSorted } from 'simple-statistics';

export interface Summary {
  median: number;
  mean: number;
  quantiles: { p50: number; p75: number; p90: number };
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/**
 * The median, by linear interpolation between the two middle values; `null` without values.
 */
export function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : quantileSorted(ascending(values), 0.5);
}

/**
 * Median, 75th and 90th percentile and mean; `undefined` without values. Quantiles interpolate linearly
 * (type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50,
 * 1996; `percentile_cont` in SQL). Nothing is rounded.
 */
export function summarise(values: readonly number[]): Summary | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const sorted = ascending(values);
  const p50 = quantileSorted(sorted, 0.5);
  return {
    median: p50,
    mean: mean(sorted),
    quantiles: {
      p50,
      p75: quantileSorted(sorted, 0.75),
      p90: quantileSorted(sorted, 0.9),
    },
  };
}
