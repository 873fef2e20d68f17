const FIRST_DELAY_SECONDS = 15;
const LONGEST_DELAY_SECONDS = 60 * 60;

/**
 * When an item that failed is tried again: 15 s after the first failure, twice as long after each further one, at most
 * an hour. `attempts` counts the failures so far, this one included.
 * @internal
 */
export function nextAttemptAt(options: { attempts: number; now: Date }): Date {
  const { attempts, now } = options;
  const doublings = Math.min(Math.max(attempts, 1) - 1, 30);
  const seconds = Math.min(
    FIRST_DELAY_SECONDS * 2 ** doublings,
    LONGEST_DELAY_SECONDS,
  );
  return new Date(now.getTime() + seconds * 1000);
}
