import { DateTime } from 'luxon';

/** `2 minutes ago`; `just now` within five seconds. Text that is no instant is returned as it is. */
export function relativeTime(at: string, now: Date): string {
  const then = DateTime.fromISO(at);
  if (!then.isValid) {
    return at;
  }
  const base = DateTime.fromJSDate(now);
  if (Math.abs(base.diff(then).as('seconds')) < 5) {
    return 'just now';
  }
  return then.toRelative({ base, locale: 'en-GB' }) ?? at;
}

/** Date and time in the reader's time zone: `21 Nov 2026, 05:17`. */
export function fullTime(at: string): string {
  const then = DateTime.fromISO(at);
  return then.isValid
    ? then.setLocale('en-GB').toLocaleString(DateTime.DATETIME_MED)
    : at;
}

/** A half-open window in words: `24 Oct to 21 Nov 2026 (28 days)`. */
export function windowText(window: { from: string; to: string }): string {
  const from = DateTime.fromISO(window.from).setLocale('en-GB');
  const to = DateTime.fromISO(window.to).setLocale('en-GB');
  if (!from.isValid || !to.isValid) {
    return `${window.from} to ${window.to}`;
  }
  const days = Math.round(to.diff(from).as('days'));
  return `${from.toFormat('d LLL')} to ${to.toFormat(
    'd LLL yyyy',
  )} (${days} days)`;
}

/** `21 Nov`, in the reader's time zone. */
export function shortDate(at: string): string {
  const then = DateTime.fromISO(at);
  return then.isValid ? then.setLocale('en-GB').toFormat('d LLL') : at;
}
