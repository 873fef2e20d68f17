import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { StoredHint } from '../events/entityHints';
import { insertEventHints } from './HintStore';
import { EventRow } from './tables';

/** A delivery event to be kept. @internal */
export interface NewEvent {
  source: string;
  id: string;
  entityRef: string | undefined;
  type: string;
  environment: string | null;
  /** Event time. */
  at: Date;
  body: unknown;
  /** What to look for an entity by when one appears; only for an event without. */
  hints?: StoredHint[];
}

/** A kept delivery event. @internal */
export interface StoredEvent
  extends Omit<NewEvent, 'at' | 'entityRef' | 'hints'> {
  /** Place in the log, for paging. */
  position: number;
  at: string;
  receivedAt: string;
}

const ROWS_PER_STATEMENT = 200;

/** The log of delivery events: append-only, each event once by source and id. @internal */
export class EventStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(options: { knex: Knex; now?: () => Date }) {
    this.#knex = options.knex;
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
    const receivedAt = this.#now().toISOString();
    // In one order everywhere, so that two senders of the same events cannot wait for each other in a circle
    const sorted = [...events].sort((a, b) =>
      keyOf(a.source, a.id) < keyOf(b.source, b.id) ? -1 : 1,
    );
    return this.#knex.transaction(async transaction => {
      let appended = 0;
      for (let start = 0; start < sorted.length; start += ROWS_PER_STATEMENT) {
        const batch = sorted.slice(start, start + ROWS_PER_STATEMENT);
        const inserted = await transaction<EventRow>('events')
          .insert(batch.map(event => toRow(event, receivedAt)))
          .onConflict(['source', 'event_id'])
          .ignore()
          .returning(['id', 'source', 'event_id']);
        appended += inserted.length;
        const rows = new Map(
          inserted.map(row => [keyOf(row.source, row.event_id), row.id]),
        );
        await insertEventHints(
          transaction,
          batch.flatMap(({ source, id, hints }) => {
            const row = rows.get(keyOf(source, id));
            return row && hints ? [{ row: Number(row), hints }] : [];
          }),
        );
      }
      await alongside(transaction, appended);
      return appended;
    });
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
    const rows = await this.#knex<EventRow>('events')
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

  /** Whether the entity ever had an event whose type begins like any of `types`. */
  async has(options: {
    entityRef: string;
    types: string[];
    /** Only events that name an environment. */
    withEnvironment?: boolean;
  }): Promise<boolean> {
    const query = this.#knex<EventRow>('events')
      .where({ entity_ref: options.entityRef })
      .where(ofTypes(options.types));
    if (options.withEnvironment) {
      query.whereNotNull('environment');
    }
    return (await query.first('id')) !== undefined;
  }

  /** An entity's events, newest first; with `ids` exactly those of them that are known. */
  async list(options: {
    entityRef: string;
    ids?: string[];
    before?: { at: string; position: number };
    limit: number;
  }): Promise<StoredEvent[]> {
    const { entityRef, ids, before, limit } = options;
    const query = this.#knex<EventRow>('events')
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
}

function ofTypes(types: string[]) {
  return (query: Knex.QueryBuilder) => {
    for (const type of types) {
      query.orWhere('type', 'like', `${type}%`);
    }
  };
}

function keyOf(source: string, id: string): string {
  return JSON.stringify([source, id]);
}

function toRow(event: NewEvent, receivedAt: string): Omit<EventRow, 'id'> {
  return {
    source: event.source,
    event_id: event.id,
    entity_ref: event.entityRef ?? null,
    type: event.type,
    environment: event.environment,
    at: event.at.toISOString(),
    received_at: receivedAt,
    body: JSON.stringify(event.body),
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
