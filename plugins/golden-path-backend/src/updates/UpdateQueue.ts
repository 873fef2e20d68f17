import { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import { isPostgres } from '../database/manyRows';
import { UpdateRow } from '../database/UpdateStore';
import { nextAttemptAt } from '../work/backoff';

const LONGEST_PROBLEM = 2000;
/** Tries after the first one. @internal */
export const MOST_RETRIES = 5;

/** An update that a worker holds a lease on. @internal */
export interface ClaimedUpdate {
  entityRef: string;
  leaseId: string;
  row: UpdateRow;
}

/**
 * The updates that are to be pushed, shared by every replica: as the work queue, with the rows of `updates`.
 *
 * @remarks
 * A lease ends by itself, so that an update whose worker was killed is taken again. All that happens under a lease can be
 * done twice. Updates of a roll-out that is paused wait.
 * @internal
 */
export class UpdateQueue {
  readonly #knex: Knex;
  readonly #now: () => Date;
  #onEnqueue: () => void = () => {};

  constructor(options: { knex: Knex; now?: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now ?? (() => new Date());
  }

  /** Calls `listener` after {@link UpdateQueue.notify}. */
  onEnqueue(listener: () => void): void {
    this.#onEnqueue = listener;
  }

  /** Tells this process's worker to look now. */
  notify(): void {
    this.#onEnqueue();
  }

  /** Takes up to `limit` due updates for `leaseSeconds`; they are `working` from then on. */
  async claim(options: {
    limit: number;
    leaseSeconds: number;
  }): Promise<ClaimedUpdate[]> {
    const { limit, leaseSeconds } = options;
    const now = this.#now();
    const leaseId = uuid();
    const rows = await this.#knex.transaction(async tx => {
      const due = tx<UpdateRow>('updates')
        .whereIn('state', ['queued', 'working'])
        .where('due_at', '<=', now.toISOString())
        .where(free =>
          free
            .whereNull('lease_until')
            .orWhere('lease_until', '<=', now.toISOString()),
        )
        .where(running =>
          running
            .whereNull('rollout_id')
            .orWhereNotIn(
              'rollout_id',
              tx('rollouts').where({ status: 'paused' }).select('id'),
            ),
        )
        .orderBy(['due_at', 'id'])
        .limit(limit);
      const taken: UpdateRow[] = await (isPostgres(tx)
        ? due.forUpdate().skipLocked()
        : due);
      if (taken.length > 0) {
        await tx<UpdateRow>('updates')
          .whereIn(
            'id',
            taken.map(row => row.id),
          )
          .update({
            state: 'working',
            lease_id: leaseId,
            lease_until: new Date(
              now.getTime() + leaseSeconds * 1000,
            ).toISOString(),
          });
      }
      return taken;
    });
    return rows.map(row => ({
      entityRef: row.entity_ref,
      leaseId,
      row: { ...row, state: 'working' },
    }));
  }

  /** Whether the lease is still the caller's. */
  async holds(work: ClaimedUpdate): Promise<boolean> {
    return (await this.#held(work).first('id')) !== undefined;
  }

  /** Ends the work on an update with what came of it. Returns whether the caller still held it. */
  async finish(
    work: ClaimedUpdate,
    changes: Partial<UpdateRow>,
  ): Promise<boolean> {
    const updated = await this.#held(work).update({
      due_at: null,
      ...changes,
      attempts: 0,
      lease_id: null,
      lease_until: null,
      updated_at: this.#now().toISOString(),
    });
    return updated > 0;
  }

  /** What there is to record was recorded by {@link UpdateQueue.finish}. */
  async complete(): Promise<boolean> {
    return true;
  }

  /** Puts an update back after a failure that is worth another try, a few times. Returns whether the caller still held it. */
  async fail(work: ClaimedUpdate, error: string): Promise<boolean> {
    const now = this.#now();
    const attempts = work.row.attempts + 1;
    const again = attempts <= MOST_RETRIES;
    const updated = await this.#held(work).update({
      state: again ? 'queued' : 'failed',
      attempts,
      problem: error.slice(0, LONGEST_PROBLEM),
      due_at: again ? nextAttemptAt({ attempts, now }).toISOString() : null,
      updated_at: now.toISOString(),
      lease_id: null,
      lease_until: null,
    });
    return updated > 0;
  }

  /** Puts an update back that was not finished because the backend is stopping. */
  async release(work: ClaimedUpdate): Promise<void> {
    await this.#held(work).update({
      state: 'queued',
      lease_id: null,
      lease_until: null,
    });
  }

  #held(work: ClaimedUpdate) {
    return this.#knex<UpdateRow>('updates').where({
      id: work.row.id,
      lease_id: work.leaseId,
    });
  }
}
