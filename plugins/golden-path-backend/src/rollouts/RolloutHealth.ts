import { HealthReader } from '../service/HealthReader';
import { RolloutEntry, RolloutStore } from '../database/RolloutStore';
import { describeError } from '../service/describeError';
import { HealthSince, judgeHealth } from './judgeHealth';

const DAY_MS = 86_400_000;
const DAYS_BEFORE = 28;
const BELIEVED_MS = 5 * 60_000;
const MOST_AT_ONCE = 50;

/** Keeps how the services of a roll-out do since their updates were merged. @internal */
export class RolloutHealth {
  readonly #rollouts: RolloutStore;
  readonly #health: Pick<HealthReader, 'report'>;
  readonly #now: () => Date;

  constructor(options: {
    rollouts: RolloutStore;
    health: Pick<HealthReader, 'report'>;
    now?: () => Date;
  }) {
    this.#rollouts = options.rollouts;
    this.#health = options.health;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Works out what is older than five minutes, for at most fifty services, the one looked at longest ago first. Changes
   * `entries` as it stores them.
   */
  async refresh(entries: RolloutEntry[]): Promise<void> {
    const now = this.#now();
    const before = new Date(now.getTime() - BELIEVED_MS).toISOString();
    const due = entries
      .filter(
        ({ update, health_at }) =>
          update?.state === 'merged' &&
          (health_at === null || health_at <= before),
      )
      .sort((a, b) => ((a.health_at ?? '') < (b.health_at ?? '') ? -1 : 1))
      .slice(0, MOST_AT_ONCE);
    for (const entry of due) {
      const { status, cause } = await this.#since(
        entry.entity_ref,
        new Date(entry.update!.merged_at!),
        now,
      );
      const health = {
        health: status,
        health_cause: cause,
        health_at: now.toISOString(),
      };
      await this.#rollouts.setHealth(entry, health);
      Object.assign(entry, health);
    }
  }

  async #since(
    entityRef: string,
    since: Date,
    now: Date,
  ): Promise<HealthSince> {
    if (since >= now) {
      return { status: 'unknown', cause: 'it was merged just now' };
    }
    try {
      const from = new Date(since.getTime() - DAYS_BEFORE * DAY_MS);
      const [after, before] = await Promise.all([
        this.#health.report({ entityRef, from: since, to: now, now }),
        this.#health.report({ entityRef, from, to: since, now }),
      ]);
      return judgeHealth({
        after: after.report,
        before: before.report,
        since,
        now,
      });
    } catch (error) {
      return { status: 'unknown', cause: describeError(error) };
    }
  }
}
