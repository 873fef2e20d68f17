import { mean, median, medianAbsoluteDeviation } from 'simple-statistics';

/** Makes the median absolute deviation of a normal variable its standard deviation, as B. Iglewicz and D. C. Hoaglin round it. */
const MAD_SCALE = 0.6745;
/** The same for the mean absolute deviation: the root of pi / 2. */
const MEAN_DEVIATION_SCALE = 1.2533;

/** Middle and spread of a history that may hold outliers. */
export interface RobustScale {
  centre: number;
  /** In the place of a standard deviation; above 0. */
  sigma: number;
}

/**
 * Median and robust spread: the median absolute deviation, or the mean one where more than half of the values are the
 * same.
 *
 * @returns `undefined` when all values are the same: nothing can be judged by them.
 */
export function robustScale(
  history: readonly number[],
): RobustScale | undefined {
  const values = [...history];
  const centre = median(values);
  const deviation = medianAbsoluteDeviation(values);
  if (deviation > 0) {
    return { centre, sigma: deviation / MAD_SCALE };
  }
  const meanDeviation = mean(values.map(value => Math.abs(value - centre)));
  return meanDeviation > 0
    ? { centre, sigma: meanDeviation * MEAN_DEVIATION_SCALE }
    : undefined;
}

/**
 * The modified z score: 0.6745 (x - median) / MAD, above 3.5 an outlier. B. Iglewicz and D. C. Hoaglin, "How to Detect
 * and Handle Outliers", ASQC Basic References in Quality Control 16 (1993).
 *
 * @returns `undefined` when all values of the history are the same.
 */
export function modifiedZ(
  value: number,
  history: readonly number[],
): number | undefined {
  const scale = robustScale(history);
  return scale && (value - scale.centre) / scale.sigma;
}
