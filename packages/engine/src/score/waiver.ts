import type { Waiver } from '../model';

const DAY_IN_MS = 24 * 60 * 60 * 1000;

/**
 * A waiver as it enters a score: one of a service file, or one that was asked for and approved elsewhere.
 *
 * @public
 */
export type AppliedWaiver = Waiver & {
  /** Set for a waiver the backend keeps. */
  id?: string;
  /** Entity reference of who approved it. */
  approvedBy?: string;
};

/** The instant from which a waiver holds no more, in milliseconds since the epoch; `NaN` for an unreadable date. */
export function waiverEndsAt(waiver: Waiver): number {
  return Date.parse(`${waiver.expires}T00:00:00Z`) + DAY_IN_MS;
}

/**
 * A waiver holds until its `expires` day has ended, in UTC. A date that cannot be read holds never.
 *
 * @public
 */
export function isWaiverValid(waiver: Waiver, now: Date): boolean {
  return now.getTime() < waiverEndsAt(waiver);
}

function isAfter(a: AppliedWaiver, b: AppliedWaiver): boolean {
  const keys = (w: AppliedWaiver) => [
    w.expires,
    w.owner,
    w.reason,
    w.id ?? '',
    w.approvedBy ?? '',
  ];
  const [left, right] = [keys(a), keys(b)];
  const index = left.findIndex((key, i) => key !== right[i]);
  return index !== -1 && left[index] > right[index];
}

/**
 * The valid waivers of checks, by check id. Of several for one check the one that lasts longest counts, whatever their
 * order. Waivers of file paths are not among them.
 */
export function waiversByCheck(
  waivers: readonly AppliedWaiver[],
  now: Date,
): Map<string, AppliedWaiver> {
  const byCheck = new Map<string, AppliedWaiver>();
  for (const waiver of waivers) {
    if (waiver.check !== undefined && isWaiverValid(waiver, now)) {
      const known = byCheck.get(waiver.check);
      if (!known || isAfter(waiver, known)) {
        byCheck.set(waiver.check, waiver);
      }
    }
  }
  return byCheck;
}
