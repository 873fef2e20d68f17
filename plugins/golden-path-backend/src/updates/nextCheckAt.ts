const SHORTEST_MS = 60_000;
const LONGEST_MS = 60 * 60_000;
const SHARE_OF_AGE = 0.1;

/**
 * When the host of an open request is asked next: a tenth of the time it has stood unchanged, at least a minute and at
 * most an hour.
 * @internal
 */
export function nextCheckAt(options: { since: Date; now: Date }): Date {
  const { since, now } = options;
  const age = now.getTime() - since.getTime();
  const wait = Math.min(Math.max(age * SHARE_OF_AGE, SHORTEST_MS), LONGEST_MS);
  return new Date(now.getTime() + wait);
}
