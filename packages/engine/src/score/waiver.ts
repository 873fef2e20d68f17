import type { Waiver } from '../model';

const DAY_IN_MS = 24 * 60 * 60 * 1000;

/**
 * A waiver holds until its `expires` day has ended, in UTC. A date that cannot be read holds never.
 *
 * @public
 */
export function isWaiverValid(waiver: Waiver, now: Date): boolean {
  const endOfDay = Date.parse(`${waiver.expires}T00:00:00Z`) + DAY_IN_MS;
  return now.getTime() < endOfDay;
}

function compare(a: Waiver, b: Waiver): number {
  const keys = (w: Waiver) => [w.expires, w.owner, w.reason];
  const [left, right] = [keys(a), keys(b)];
  const index = left.findIndex((key, i) => key !== right[i]);
  if (index === -1) {
    return 0;
  }
  return left[index] < right[index] ? -1 : 1;
}

/**
 * The valid waivers of checks, by check id. Of several for one check the one that lasts longest counts, whatever their
 * order. Waivers of file paths are not among them.
 */
export function waiversByCheck(
  waivers: Waiver[],
  now: Date,
): Map<string, Waiver> {
  const byCheck = new Map<string, Waiver>();
  for (const waiver of [...waivers].sort(compare)) {
    if (waiver.check !== undefined && isWaiverValid(waiver, now)) {
      byCheck.set(waiver.check, waiver);
    }
  }
  return byCheck;
}
