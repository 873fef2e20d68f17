import { ServiceUnavailableError } from '@backstage/errors';

/** What an answer said of a quota. @public */
export interface RateQuota {
  left: number;
  limit: number;
  /** When all of it is there again, in milliseconds since 1970. */
  resetAt: number;
}

/** The share of a quota that is left to others who use the same credentials. */
const RESERVE = 0.1;

/**
 * What is left of each quota of each set of credentials, as a forge's answers say.
 *
 * @remarks
 * Backstage reads repositories and catalog files with the same credentials. Once less than a tenth of a quota is left,
 * nothing more is asked until it is reset, and whoever wants to gets an error that says when that is.
 * @public
 */
export class RateBudget {
  readonly #quotas = new Map<string, RateQuota>();

  /** Remembers what an answer's headers say; numbers that are not there are NaN. */
  note(account: string, name: string, quota: RateQuota): void {
    if (Object.values(quota).every(Number.isFinite)) {
      this.#quotas.set(`${account} ${name}`, quota);
    }
  }

  /** Throws a `ServiceUnavailableError`, naming the time of the reset, when the quota is down to its reserve. */
  check(account: string, name: string, now: Date): void {
    const quota = this.#quotas.get(`${account} ${name}`);
    if (
      quota &&
      now.getTime() < quota.resetAt &&
      quota.left < Math.ceil(quota.limit * RESERVE)
    ) {
      const { left, limit, resetAt } = quota;
      throw new ServiceUnavailableError(
        `${left} of ${limit} requests (${name}) are left with the credentials for ${account}, and stay for others; asked again after ${new Date(
          resetAt,
        ).toISOString()}`,
      );
    }
  }
}
