import { z } from 'zod';

const FIRST_YEAR = 1;
const LAST_YEAR = 9999;

/** Whether an instant can be written as RFC 3339. */
export function isWritable(instant: Date): boolean {
  const year = instant.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** A date and time of RFC 3339, its offset honoured. */
export const instantSchema = z.iso
  .datetime({
    offset: true,
    error:
      'must be a date and time with Z or an offset, such as 2026-01-05T10:00:00Z',
  })
  .transform(text => new Date(text))
  .refine(isWritable, 'must be a date of the years 1 to 9999');

/** Seconds since 1970, as numbers of webhooks are. */
export const epochSecondsSchema = z
  .int()
  .nonnegative()
  .max(253_402_300_799, 'must be a date before the year 10000')
  .transform(seconds => new Date(seconds * 1_000));
