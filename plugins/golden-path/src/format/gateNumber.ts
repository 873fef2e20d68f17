import type { GateRuleResult } from '@goldenpath/engine';
import { humanDuration } from './duration';
import { decimal, percentText } from './metric';
import { partTitle } from './metricPart';
import { fullTime } from './time';

type Value = GateRuleResult['numbers'][string];
type Kind = 'share' | 'hours' | 'days' | 'seconds' | 'times';

interface Named {
  title: string;
  kind?: Kind;
  /** What is meant where there is no value; `not known` without it. */
  none?: string;
}

const NUMBERS: Record<string, Named> = {
  remaining: { title: 'Budget left', kind: 'share' },
  consumed: { title: 'Budget used', kind: 'share' },
  target: { title: 'Objective', kind: 'share' },
  warnBelow: { title: 'Warns at or below', kind: 'share' },
  blockAtOrBelow: { title: 'Stops at or below', kind: 'share' },
  budgetAtOrBelow: { title: 'Speaks up at or below', kind: 'share' },
  below: { title: 'Asked at or below', kind: 'share' },
  periodDays: { title: 'Period', kind: 'days' },
  hoursLeft: {
    title: 'Used up in, at the present burn',
    kind: 'hours',
    none: 'not burning',
  },
  ageHours: { title: 'Age of the measurement', kind: 'hours' },
  staleAfterHours: { title: 'Believed for', kind: 'hours' },
  hours: { title: 'Hours between releases', kind: 'hours' },
  longSeconds: { title: 'Long window', kind: 'seconds' },
  shortSeconds: { title: 'Short window', kind: 'seconds' },
  oldestSeconds: { title: 'Oldest is open for', kind: 'seconds' },
  burnRate: { title: 'Burn rate', kind: 'times' },
  threshold: { title: 'Fires above', kind: 'times' },
  measuredAt: { title: 'Measured' },
  observedAt: { title: 'Compared' },
  lastDeployment: { title: 'Last release', none: 'none known' },
  until: { title: 'Until', none: 'not on' },
  next: { title: 'Next', none: 'none' },
  open: { title: 'Open incidents' },
  alerts: { title: 'Alerts' },
  asked: { title: 'Checks asked' },
  failing: { title: 'Failing' },
  unknown: { title: 'Not known' },
  edited: { title: 'Files that differ' },
  level: { title: 'Level', none: 'none yet' },
  atLeast: { title: 'Level asked for' },
};

const AMOUNTS: Record<Kind, (value: number) => string> = {
  share: percentText,
  hours: value => humanDuration(value * 3_600),
  days: value => `${decimal(value)} days`,
  seconds: humanDuration,
  times: value =>
    `${value.toLocaleString('en-GB', { maximumSignificantDigits: 4 })} times`,
};

/** The name of a number of a rule in words. */
export function numberTitle(name: string): string {
  return NUMBERS[name]?.title ?? partTitle(name);
}

/** The value of a number of a rule for people; one that is not there is never 0. */
export function numberText(name: string, value: Value): string {
  const named = NUMBERS[name];
  if (value === null) {
    return named?.none ?? 'not known';
  }
  if (typeof value === 'string') {
    return /^\d{4}-\d{2}-\d{2}T/.test(value) ? fullTime(value) : value;
  }
  return named?.kind ? AMOUNTS[named.kind](value) : decimal(value);
}
