import { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import { WorkRow } from '../database/tables';
import { nextAttemptAt } from './backoff';
import { parseReasons, WorkReason } from './workReasons';

/** An entity a worker holds a lease on. @internal */
export interface ClaimedWork {
  entityRef: string;
  reasons: WorkReason[];
  leaseId: string;
  /** The row's version when it was claimed. */
  version: number;
  /** Failures before this attempt. */
  attempts: number;
}

const ROWS_PER_STATEMENT = 200;
const LONGEST_ERROR = 2000;
const HEAD_START_MS = 60 * 60_000;
const ASKED_BY_PEOPLE: ReadonlySet<WorkReason> = new Set([
  'refresh',
  'requested',
]);

/**
 * The entities waiting to be evaluated, one row each, shared by every replica of the backend.
 *
 * Overview. Whatever makes a scorecard old (a catalog change, a push, a delivery event, an expiring fact, a person)
 * calls `enqueue`. Workers `claim` due rows under a lease, evaluate, and `complete` or `fail` them. A completed row is
 * deleted, so the table holds only what is outstanding.
 *
 * Coalescing. The entity is the primary key: enqueueing it again moves `due_at` forward in time if the new one is
 * earlier, adds the reason, and raises `version`. A hundred events for one service are one evaluation.
 *
 * Enqueued while running. The worker read its facts before the second enqueue, so its result may be old. It completes
 * with the version it claimed; when that is no longer the row's, the row stays, loses its lease, and is taken again.
 *
 * Exclusion. On PostgreSQL the claim selects with FOR UPDATE SKIP LOCKED and sets the lease in the same transaction, so
 * two replicas never take the same row and never wait for each other. SQLite has one writer at a time and one replica,
 * and the same transaction is enough there.
 *
 * Crashes. A lease ends by itself: a row whose worker died is due again when `lease_until` passes. A worker that was
 * only slow then finds that the lease is no longer its own, and its `complete` and `fail` change nothing.
 *
 * Guarantees. An item is processed at least once, never lost, and by one worker at a time as long as evaluations are
 * shorter than the lease and the replicas' clocks agree to well within it. Evaluation must therefore be safe to repeat;
 * it is, since it only replaces current state.
 *
 * Order. By due time, roughly; what a person asked for counts as an hour older, so that it need not wait for a scan's
 * thousands. Nothing starves: what has waited longer than that goes first. An item that fails is put off, each time for
 * longer, and keeps no other from its turn.
 * @internal
 */
export class WorkQueue {
  readonly #knex: Knex;
  readonly #now: () => Date;
  #onEnqueue: () => void = () => {};

  constructor(options: { knex: Knex; now?: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now ?? (() => new Date());
  }

  /** Calls `listener` after every enqueue of this process, so that a worker here need not wait for its next poll. */
  onEnqueue(listener: () => void): void {
    this.#onEnqueue = listener;
  }

  /** Tells this process's worker to look now; for callers that enqueued inside a transaction, after its commit. */
  notify(): void {
    this.#onEnqueue();
  }

  /** As {@link enqueueEach}, with one reason for all. */
  async enqueue(
    entityRefs: string | string[],
    reason: WorkReason,
    options: { dueAt?: Date; transaction?: Knex.Transaction } = {},
  ): Promise<void> {
    await this.enqueueEach(
      new Map([entityRefs].flat().map(ref => [ref, reason])),
      options,
    );
  }

  /**
   * Makes entities due for evaluation, now or at `dueAt`. Inside a transaction the worker is not told: call `notify`
   * once it is committed.
   */
  async enqueueEach(
    reasons: Map<string, WorkReason>,
    options: { dueAt?: Date; transaction?: Knex.Transaction } = {},
  ): Promise<void> {
    const client = options.transaction ?? this.#knex;
    // In one order everywhere, so that two replicas' upserts cannot wait for each other in a circle
    const entries = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1));
    for (let at = 0; at < entries.length; at += ROWS_PER_STATEMENT) {
      const rows = entries
        .slice(at, at + ROWS_PER_STATEMENT)
        .map(([ref, reason]) =>
          newRow(ref, reason, options.dueAt ?? this.#dueAt(reason)),
        );
      await client<WorkRow>('work')
        .insert(rows)
        .onConflict('entity_ref')
        .merge({
          due_at: client.raw(
            'CASE WHEN excluded.due_at < work.due_at THEN excluded.due_at ELSE work.due_at END',
          ),
          reasons: client.raw(
            "CASE WHEN ',' || work.reasons || ',' LIKE '%,' || excluded.reasons || ',%' " +
              "THEN work.reasons ELSE work.reasons || ',' || excluded.reasons END",
          ),
          version: client.raw('work.version + 1'),
        } as unknown as Partial<WorkRow>);
    }
    if (entries.length > 0 && !options.transaction) {
      this.#onEnqueue();
    }
  }

  /**
   * Lets an item that only waits for its turn go before what no person asked for. One that runs or that failed is left
   * as it is: asking again and again would not make it better.
   */
  async hasten(entityRef: string): Promise<void> {
    const dueAt = this.#dueAt('requested').toISOString();
    await this.#knex<WorkRow>('work')
      .where({ entity_ref: entityRef, lease_id: null, attempts: 0 })
      .where('due_at', '>', dueAt)
      .update({ due_at: dueAt });
  }

  /** Takes up to `limit` due items for `leaseSeconds`. */
  async claim(options: {
    limit: number;
    leaseSeconds: number;
  }): Promise<ClaimedWork[]> {
    const { limit, leaseSeconds } = options;
    const now = this.#now();
    const leaseId = uuid();
    const rows = await this.#knex.transaction(async tx => {
      const due = tx<WorkRow>('work')
        .where('due_at', '<=', now.toISOString())
        .where(free =>
          free
            .whereNull('lease_until')
            .orWhere('lease_until', '<=', now.toISOString()),
        )
        .orderBy('due_at')
        .limit(limit);
      const taken = await (isPostgres(tx) ? due.forUpdate().skipLocked() : due);
      if (taken.length > 0) {
        await tx<WorkRow>('work')
          .whereIn(
            'entity_ref',
            taken.map(row => row.entity_ref),
          )
          .update({
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
      reasons: parseReasons(row.reasons),
      leaseId,
      version: row.version,
      attempts: row.attempts,
    }));
  }

  /** Ends an item that was evaluated. Returns whether the caller still held it. */
  async complete(work: ClaimedWork): Promise<boolean> {
    const deleted = await this.#held(work)
      .where('version', work.version)
      .delete();
    if (deleted > 0) {
      return true;
    }
    const released = await this.#held(work).update({
      lease_id: null,
      lease_until: null,
      attempts: 0,
      last_error: null,
    });
    if (released > 0) {
      this.#onEnqueue();
    }
    return released > 0;
  }

  /** Puts an item back after a failure, to be tried later. Returns whether the caller still held it. */
  async fail(work: ClaimedWork, error: string): Promise<boolean> {
    const attempts = work.attempts + 1;
    const updated = await this.#held(work).update({
      lease_id: null,
      lease_until: null,
      attempts,
      last_error: error.slice(0, LONGEST_ERROR),
      due_at: nextAttemptAt({ attempts, now: this.#now() }).toISOString(),
    });
    return updated > 0;
  }

  /** Puts an item back that was not finished because the backend is stopping. It is due at once. */
  async release(work: ClaimedWork): Promise<void> {
    await this.#held(work).update({ lease_id: null, lease_until: null });
  }

  /** Whether the entity waits or is being evaluated, and what went wrong last. */
  async status(
    entityRef: string,
  ): Promise<{ queued: boolean; lastError?: string }> {
    const row = await this.#knex<WorkRow>('work')
      .where({ entity_ref: entityRef })
      .first();
    return {
      queued: row !== undefined,
      lastError: row?.last_error ?? undefined,
    };
  }

  /** The oldest goes first, so what a person waits for is as if it were older than a backlog can be. */
  #dueAt(reason: WorkReason): Date {
    const headStart = ASKED_BY_PEOPLE.has(reason) ? HEAD_START_MS : 0;
    return new Date(this.#now().getTime() - headStart);
  }

  #held(work: ClaimedWork) {
    return this.#knex<WorkRow>('work').where({
      entity_ref: work.entityRef,
      lease_id: work.leaseId,
    });
  }
}

function newRow(entityRef: string, reason: WorkReason, dueAt: Date): WorkRow {
  return {
    entity_ref: entityRef,
    due_at: dueAt.toISOString(),
    reasons: reason,
    version: 1,
    lease_id: null,
    lease_until: null,
    attempts: 0,
    last_error: null,
  };
}

function isPostgres(knex: Knex): boolean {
  return String(knex.client.config.client).includes('pg');
}
