import { DateTime } from 'luxon';

/** The day of an instant, as an ISO date in UTC. @internal */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The last day a waiver asked for now may name, as an ISO date in UTC. @internal */
export function latestDay(now: Date, maxDays: number): string {
  return dayOf(
    DateTime.fromJSDate(now, { zone: 'utc' })
      .plus({ days: maxDays })
      .toJSDate(),
  );
}
