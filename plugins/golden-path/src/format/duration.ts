import { Duration } from 'luxon';

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;
const SHORT = { days: 'd', hours: 'h', minutes: 'min', seconds: 's' };

/** A length of time for people, its two largest units: `3 h 12 min` for 11520 seconds. */
export function humanDuration(seconds: number): string {
  const parts = Duration.fromObject({ seconds: Math.round(Math.abs(seconds)) })
    .shiftTo(...UNITS)
    .toObject();
  const first = UNITS.findIndex(unit => (parts[unit] ?? 0) > 0);
  if (first < 0) {
    return '0 s';
  }
  const words = UNITS.slice(first, first + 2)
    .filter(unit => (parts[unit] ?? 0) > 0)
    .map(unit => `${parts[unit]} ${SHORT[unit]}`)
    .join(' ');
  return seconds < 0 ? `−${words}` : words;
}
