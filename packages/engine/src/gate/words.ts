import { DateTime, Duration } from 'luxon';

const MOST_NAMED = 5;

/** A share as people read it: `12.5 %`; two decimals at most, and never rounded onto a boundary it is not on. */
export function percent(share: number): string {
  const value = share * 100;
  const text = Number(value.toFixed(2));
  return `${text === 0 && value !== 0 ? value.toPrecision(2) : text} %`;
}

/** A number with few digits. */
export function amount(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** An instant in a time zone, such as `12 March 2026, 09:00 UTC`. */
export function instant(at: Date | string, zone = 'utc'): string {
  const time = (
    at instanceof Date ? DateTime.fromJSDate(at) : DateTime.fromISO(at)
  )
    .setZone(zone)
    .setLocale('en-GB');
  return `${time.toFormat('d LLLL yyyy, HH:mm')} ${
    zone === 'utc' ? 'UTC' : zone
  }`;
}

/** A span such as `2 hours, 5 minutes`; below a minute `less than a minute`. */
export function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) {
    return 'less than a minute';
  }
  const parts = Duration.fromObject({ minutes })
    .shiftTo('days', 'hours', 'minutes')
    .toObject();
  const [first, second] = (['days', 'hours', 'minutes'] as const)
    .filter(unit => parts[unit])
    .map(unit => plural(parts[unit]!, unit.slice(0, -1)));
  return second ? `${first}, ${second}` : first;
}

/** A number with its noun. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Some names with commas; of many the first. */
export function listed(names: readonly string[], total = names.length): string {
  const shown = names.slice(0, MOST_NAMED);
  const rest = total - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** A sentence's beginning. */
export function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
