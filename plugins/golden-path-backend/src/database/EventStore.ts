import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { StoredHint } from '../events/entityHints';
import { insertEvents } from './insertEvents';
import { insertEventHints } from './HintStore';
import { EventSourceStore } from './EventSourceStore';
import { rawRows } from './manyRows';
import { EntityEventRow, EventRow } from './tables';

/** A delivery event to be kept. @internal */
export interface NewEvent {
  source: string;
  id: string;
  entityRef: string | undefined;
  /** Further entities it is about. */
  furtherRefs?: string[];
  type: string;
  environment: string | null;
  /** Event time. */
  at: Date;
  body: unknown;
  /** The body as JSON, where it was written already. */
  text?: string;
  /** What to look for an entity by when one appears; only for an event without. */
  hints?: StoredHint[];
}

/** A kept delivery event. @internal */
export interface StoredEvent
  extends Omit<
    NewEvent,
    'at' | 'entityRef' | 'furtherRefs' | 'text' | 'hints'
  > {
  /** Place in the log, for paging. */
  position: number;
  at: string;
  receivedAt: string;
}

/** How many events one statement prunes, so that no lock is held for long. */
const MEASURED_TYPE = 'dev.cdeventsx.goldenpath-slo.measured.';
const PRUNED_AT_ONCE = 5_000;

/** The log of delivery events: append-only, each event once by source and id. @internal */
export class EventStore {
  readonly #knex: Knex;
  readonly #sources: EventSourceStore;
  readonly #now: () => Date;

  constructor(options: { knex: Knex; now?: () => Date }) {
    this.#knex = options.knex;
    this.#sources = new EventSourceStore(options);
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Appends events, all or none, and returns how many were new. An event whose source and id are known is left as it
   * is. `alongside` runs in the same transaction.
   */
  async append(
    events: NewEvent[],
    alongside: (
      transaction: Knex.Transaction,
      appended: number,
    ) => Promise<void> = async () => {},
  ): Promise<number> {
    const added = await this.#knex.transaction(async transaction => {
      const fresh = await this.appendIn(transaction, events);
      await alongside(transaction, fresh.length);
      return fresh;
    });
    this.#sources.committed(added);
    return added.length;
  }

  /**
   * Appends events as part of a transaction, and returns those that were new. Of several with the same source and id
   * the first counts. Call {@link EventStore.committed} with them after the commit.
   */
  async appendIn(
    transaction: Knex.Transaction,
    events: NewEvent[],
  ): Promise<NewEvent[]> {
    const inserted = await insertEvents(
      transaction,
      events,
      this.#now().toISOString(),
    );
    await insertEventHints(
      transaction,
      inserted.flatMap(({ row, event: { hints } }) =>
        hints && hints.length > 0 ? [{ row, hints }] : [],
      ),
    );
    const added = inserted.map(({ event }) => event);
    await this.#sources.heard(transaction, added);
    return added;
  }

  /** Remembers that what `appendIn` returned is durable, which spares later statements. */
  committed(added: NewEvent[]): void {
    this.#sources.committed(added);
  }

  /** Runs some work as one transaction. */
  transaction<T>(
    work: (transaction: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(work);
  }

  /**
   * Bodies of an entity's events with event time in `[from, to)`, oldest first. `types` are the beginnings of the event
   * types to read. Throws an error when there are more than `limit`.
   */
  async bodies(options: {
    entityRef: string;
    types: string[];
    from: Date;
    to: Date;
    limit: number;
  }): Promise<unknown[]> {
    const { entityRef, types, limit } = options;
    const rows = await this.#knex<EntityEventRow>('entity_events')
      .where({ entity_ref: entityRef })
      .where('at', '>=', options.from.toISOString())
      .where('at', '<', options.to.toISOString())
      .where(ofTypes(types))
      .orderBy(['at', 'id'])
      .limit(limit + 1)
      .select('body');
    if (rows.length > limit) {
      throw new InputError(
        `There are more than ${limit} delivery events from ${options.from.toISOString()} on, too many to compute with; ask for a shorter window`,
      );
    }
    return rows.map(row => JSON.parse(row.body));
  }

  /** Whether the entity ever had an event whose type begins like any of `types`; pruning does not change it. */
  async has(options: {
    entityRef: string;
    types: string[];
    /** Only events that name an environment. */
    withEnvironment?: boolean;
  }): Promise<boolean> {
    return (await this.#sources.lastHeard(options)) !== undefined;
  }

  /**
   * When the newest event came whose type begins like any of `types`, to the minute; `undefined` when none ever did.
   * Costs the same however many events there are.
   */
  async lastHeard(options: {
    entityRef: string;
    types: string[];
    /** Only events of this environment. */
    environment?: string;
  }): Promise<Date | undefined> {
    return this.#sources.lastHeard(options);
  }

  /** An entity's events, newest first; with `ids` exactly those of them that are known. */
  async list(options: {
    entityRef: string;
    ids?: string[];
    before?: { at: string; position: number };
    limit: number;
  }): Promise<StoredEvent[]> {
    const { entityRef, ids, before, limit } = options;
    const query = this.#knex<EntityEventRow>('entity_events')
      .where({ entity_ref: entityRef })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (ids) {
      query.whereIn('event_id', ids);
    }
    if (before) {
      query.whereRaw('(at, id) < (?, ?)', [before.at, before.position]);
    }
    return (await query).map(fromRow);
  }

  /**
   * Of measurements with event time in `[from, before)` keeps those of four hours of the day: the past is drawn as a line,
   * and needs no point for every quarter of an hour. Returns how many were deleted.
   */
  async thinMeasurements(from: Date, before: Date): Promise<number> {
    return this.#knex<EventRow>('events')
      .where('at', '>=', from.toISOString())
      .where('at', '<', before.toISOString())
      .where('type', 'like', `${MEASURED_TYPE}%`)
      .whereRaw("substr(at, 12, 2) NOT IN ('00', '06', '12', '18')")
      .delete();
  }

  /** Deletes events with event time before an instant, piece by piece, and returns how many. */
  async prune(before: Date, signal?: AbortSignal): Promise<number> {
    let pruned = 0;
    for (;;) {
      signal?.throwIfAborted();
      const deleted = await this.#knex.transaction(async transaction => {
        const rows = rawRows<{ id: number | string }>(
          await transaction.raw(
            `DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < ? LIMIT ${PRUNED_AT_ONCE}) RETURNING id`,
            [before.toISOString()],
          ),
        );
        const ids = rows.map(({ id }) => Number(id));
        for (const table of ['event_entities', 'event_hints']) {
          for (let at = 0; at < ids.length; at += 500) {
            await transaction(table)
              .whereIn('event_row', ids.slice(at, at + 500))
              .delete();
          }
        }
        return ids.length;
      });
      pruned += deleted;
      if (deleted < PRUNED_AT_ONCE) {
        return pruned;
      }
    }
  }
}

function ofTypes(types: string[]) {
  return (query: Knex.QueryBuilder) => {
    for (const type of types) {
      query.orWhere('type', 'like', `${type}%`);
    }
  };
}

function fromRow(row: EventRow): StoredEvent {
  return {
    position: Number(row.id),
    source: row.source,
    id: row.event_id,
    type: row.type,
    environment: row.environment,
    at: row.at,
    receivedAt: row.received_at,
    body: JSON.parse(row.body),
  };
}
