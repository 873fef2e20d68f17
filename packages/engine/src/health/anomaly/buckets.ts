import { DateTime } from 'luxon';

/** A day or a week; times in milliseconds since the epoch. */
export interface Bucket {
  from: number;
  to: number;
  /** Length in days of 24 hours. */
  days: number;
  /** Weekday of a day, 1 Monday to 7 Sunday. */
  season?: number;
}

const DAY_MS = 86_400_000;

/**
 * The complete days, or weeks from Monday, of a time zone that begin at `from` or later and end by `now`, oldest first.
 */
export function completeBuckets(options: {
  bucket: 'day' | 'week';
  from: number;
  now: number;
  timeZone: string;
}): Bucket[] {
  const { bucket, from, now, timeZone: zone } = options;
  const buckets: Bucket[] = [];
  let end = DateTime.fromMillis(now, { zone }).startOf(bucket);
  let start = end.minus({ [bucket]: 1 });
  while (start.toMillis() >= from) {
    buckets.push({
      from: start.toMillis(),
      to: end.toMillis(),
      days: (end.toMillis() - start.toMillis()) / DAY_MS,
      ...(bucket === 'day' && { season: start.weekday }),
    });
    end = start;
    start = end.minus({ [bucket]: 1 });
  }
  return buckets.reverse();
}
