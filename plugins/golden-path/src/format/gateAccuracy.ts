import type { GateAccuracy } from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from './count';
import { percentText } from './metric';

type Rate = GateAccuracy['precision'];

/** Below this many cases a share is shown and not judged by. */
const FEWEST = 5;

/** A share for people; without a case there is none, which is not 0%. */
export function rateText({ value }: Rate): string {
  return value === null ? 'No data' : percentText(value);
}

function sure({ interval, denominator }: Rate): string {
  return [
    interval
      ? `With 95% confidence it is between ${percentText(
          interval.low,
        )} and ${percentText(interval.high)}.`
      : undefined,
    denominator < FEWEST ? 'These are too few to rely on.' : undefined,
  ]
    .filter(text => text !== undefined)
    .join(' ');
}

/** How often a warning or a block was right, in words. */
export function precisionText(rate: Rate): string {
  const { numerator, denominator } = rate;
  return denominator === 0
    ? 'No deployment went ahead against a warning or a block and came to an end yet, so nobody can say how often they are right.'
    : `Of ${countText(
        denominator,
        'deployment',
      )} that went ahead against a warning or a block, ${numerator} failed. ${sure(
        rate,
      )}`;
}

/** How many failures the gate saw coming, in words. */
export function recallText(rate: Rate): string {
  const { numerator, denominator } = rate;
  return denominator === 0
    ? 'No deployment that the gate was asked about has failed, so nobody can say how many failures it sees coming.'
    : `Of ${countText(
        denominator,
        'deployment',
      )} that failed, ${numerator} had been warned of or stopped. ${sure(
        rate,
      )}`;
}
