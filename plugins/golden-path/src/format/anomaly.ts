import { type Anomaly, healthMetricNameSchema } from '@goldenpath/engine';
import { metricTitle } from './metric';
import { partTitle } from './metricPart';
import type { Wording } from './tone';

/** The metric of an anomaly by its name; some are parts of a metric. */
export function anomalyTitle({ metric }: Pick<Anomaly, 'metric'>): string {
  const known = healthMetricNameSchema.safeParse(metric);
  return known.success ? metricTitle(known.data) : partTitle(metric);
}

/** Which way it went, and whether that is good. */
export function anomalyWording(anomaly: Anomaly): Wording {
  const { worse, direction, acknowledged } = anomaly;
  const way = direction === 'higher' ? 'Higher' : 'Lower';
  if (acknowledged) {
    return {
      label: `${way}, acknowledged`,
      tone: 'neutral',
      meaning: 'Taken as the new normal: the baseline starts anew there.',
    };
  }
  return worse
    ? {
        label: `${way}, for the worse`,
        tone: 'warn',
        meaning: 'This direction is the bad one of the metric.',
      }
    : {
        label: `${way}, for the better`,
        tone: 'neutral',
        meaning: 'Unusual, in the good direction of the metric.',
      };
}

function digits(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 2 });
}

function sureness(pValue: number | undefined): string {
  return pValue === undefined
    ? ''
    : ` p ${
        pValue < 0.0001 ? 'below 0.0001' : digits(pValue)
      }, adjusted for all metrics that were looked at.`;
}

/** How it was found, in plain words, with what the method is called. */
export function methodText(anomaly: Anomaly): string {
  const { method, statistic, pValue, n } = anomaly;
  const history = `${n} points of history`;
  switch (method) {
    case 'modified-z':
      return `It lies${
        statistic === undefined
          ? ' far'
          : ` ${digits(Math.abs(statistic))} times the usual scatter away`
      } from the middle of ${history}; from 3.5 on a value stands out (modified z-score).${sureness(
        pValue,
      )}`;
    case 'poisson-tail':
      return `So many are not to be expected after ${history} (upper tail of the Poisson distribution).${sureness(
        pValue,
      )}`;
    case 'binomial-tail':
      return `So large a share is not to be expected after ${history} (upper tail of the binomial distribution).${sureness(
        pValue,
      )}`;
    case 'ewma':
      return `The weighted running mean has left the band of ${history}: a slow drift (EWMA chart).`;
    default:
      return `Small deviations to the same side have added up against ${history}: a lasting step (CUSUM chart).`;
  }
}
