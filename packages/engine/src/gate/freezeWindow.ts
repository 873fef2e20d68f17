import { DateTime, IANAZone } from 'luxon';
import type { GatePolicy } from '../model';

/** A time in which releases stop. */
export type Freeze = NonNullable<GatePolicy['freezes']>[number];

interface Window {
  from: DateTime;
  /** Excluded. */
  to: DateTime;
}

/** How a freeze stands at a time. */
export interface FreezeState {
  active: boolean;
  /** When it ends; null for one that is not on, or has no end. */
  until: Date | null;
  /** When it comes next; null for one that is over or on. */
  next: Date | null;
}

/** Longer than a week is on for ever, when it is written by days of the week. */
const DAYS_AHEAD = 8;

function at(date: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number);
  return date.set({ hour, minute, second: 0, millisecond: 0 });
}

/** The windows of a weekly freeze around a time, by local wall time, so that a change of the clocks moves none. */
function weeklyWindows(
  { days = [], start = '', end = '' }: Freeze,
  now: DateTime,
): Window[] {
  const today = now.startOf('day');
  const windows: Window[] = [];
  for (let offset = -1; offset <= DAYS_AHEAD; offset++) {
    const date = today.plus({ days: offset });
    if (days.includes(date.weekday)) {
      const last = end <= start ? date.plus({ days: 1 }) : date;
      windows.push({ from: at(date, start), to: at(last, end) });
    }
  }
  return windows;
}

function onceWindow({ from = '', to = '' }: Freeze, zone: string): Window {
  return {
    from: DateTime.fromISO(from, { zone }),
    to: DateTime.fromISO(to, { zone }),
  };
}

/**
 * How a freeze stands: one with `from` and `to` is on once, one with `days` every week from `start` to `end`, which may
 * lie on the next day. Times without an offset are meant in the freeze's time zone; the end is excluded.
 *
 * @throws RangeError for a time zone or time that does not exist.
 */
export function freezeState(freeze: Freeze, instant: Date): FreezeState {
  const zone = freeze.timeZone;
  if (!IANAZone.isValidZone(zone)) {
    throw new RangeError(`'${zone}' is no time zone`);
  }
  const now = DateTime.fromJSDate(instant, { zone });
  const windows = freeze.days
    ? weeklyWindows(freeze, now)
    : [onceWindow(freeze, zone)];
  if (windows.some(({ from, to }) => !from.isValid || !to.isValid)) {
    throw new RangeError('its times cannot be read');
  }
  const current = windows.find(({ from, to }) => from <= now && now < to);
  if (!current) {
    const next = windows.find(({ from }) => from > now);
    return {
      active: false,
      until: null,
      next: next?.from.toJSDate() ?? null,
    };
  }
  // A freeze from evening to evening goes on where the next one begins
  let until = current.to;
  for (const { from, to } of windows) {
    if (from <= until && to > until) {
      until = to;
    }
  }
  const isEndless =
    freeze.days !== undefined && until.diff(now, 'days').days > DAYS_AHEAD - 1;
  return {
    active: true,
    until: isEndless ? null : until.toJSDate(),
    next: null,
  };
}
