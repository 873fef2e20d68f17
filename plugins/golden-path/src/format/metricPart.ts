import type { MetricPart } from '@goldenpath/engine';
import { metricValue, percentText } from './metric';

/** Parts whose name alone says too little. */
const NAMES: Record<string, string> = {
  ci: 'CI',
  kev: 'Known to be exploited',
  vex: 'VEX',
  're-runs': 'Re-runs',
  'business-hours': 'In working hours (median)',
  'business-hours-p75': 'In working hours (75%)',
  'business-hours-p90': 'In working hours (90%)',
  'ci-charged': 'CI, as charged',
  commitToMerge: 'Commit to merge',
  mergeToDeploy: 'Merge to deployment',
};

/** `overdueDays` and `kill-switch` as words: `Overdue days`, `Kill switch`. */
export function partTitle(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLocaleLowerCase('en-GB');
  return (
    NAMES[name] ?? words.charAt(0).toLocaleUpperCase('en-GB') + words.slice(1)
  );
}

/** The number of a part, with its fraction and interval; `not known` is never 0. */
export function partValue(part: MetricPart, currency?: string): string {
  if (part.value === null) {
    return 'not known';
  }
  return metricValue(part.value, part.unit, currency);
}

/** How a part's number came about. */
export function partNumbers(part: MetricPart, currency?: string): string {
  const { numerator, denominator, interval, n, unit } = part;
  const number = (value: number) =>
    unit === 'ratio' ? percentText(value) : metricValue(value, unit, currency);
  return [
    numerator !== undefined && denominator !== undefined
      ? `${numerator} of ${denominator}`
      : undefined,
    n === undefined ? undefined : `n=${n}`,
    interval
      ? `between ${number(interval.low)} and ${number(interval.high)}`
      : undefined,
    part.estimate ? 'an estimate' : undefined,
    part.note,
  ]
    .filter(text => text !== undefined)
    .join(' · ');
}
