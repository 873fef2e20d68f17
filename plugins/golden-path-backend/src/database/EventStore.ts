import { Knex } from 'knex';
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
}

/** A kept delivery event. @internal */
export interface StoredEvent extends Omit<NewEvent, 'at' | 'entityRef'> {
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
    return this.#knex.transaction(async transaction => {
      let appended = 0;
      for (let start = 0; start < events.length; start += ROWS_PER_STATEMENT) {
        const rows = events
          .slice(start, start + ROWS_PER_STATEMENT)
          .map(event => toRow(event, receivedAt));
        const inserted = await transaction<EventRow>('events')
          .insert(rows)
          .onConflict(['source', 'event_id'])
          .ignore()
          .returning('id');
        appended += inserted.length;
      }
      await alongside(transaction, appended);
      return appended;
    });
  }

  /** Bodies of an entity's events with event time in `[from, to)`, oldest first. */
  async bodies(options: {
    entityRef: string;
    from: Date;
    to: Date;
  }): Promise<unknown[]> {
    const rows = await this.#knex<EventRow>('events')
      .where({ entity_ref: options.entityRef })
      .where('at', '>=', options.from.toISOString())
      .where('at', '<', options.to.toISOString())
      .orderBy(['at', 'id'])
      .select('body');
    return rows.map(row => JSON.parse(row.body));
  }

  /** The event types ever seen for an entity. */
  async types(entityRef: string): Promise<string[]> {
    const rows = await this.#knex<EventRow>('events')
      .where({ entity_ref: entityRef })
      .distinct('type');
    return rows.map(row => row.type);
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
