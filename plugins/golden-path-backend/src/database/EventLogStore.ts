import { Knex } from 'knex';
import { EntityEventRow } from './tables';

/** How many events of an entity there are, and how many of them came after one row. @internal */
export interface EventLogState {
  total: number;
  /** Row of the newest; 0 without events. */
  last: number;
  fresh: number;
}

/** An event's body with its place in the log. @internal */
export interface EventLogEntry {
  row: number;
  body: string;
}

/** Reads the log of delivery events of one entity piece by piece. @internal */
export class EventLogStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Answered without looking into any event. */
  async state(options: {
    entityRef: string;
    from: Date;
    after: number;
  }): Promise<EventLogState> {
    const row: Record<string, number | string | null> | undefined =
      await this.#knex<EntityEventRow>('entity_events')
        .where({ entity_ref: options.entityRef })
        .where('at', '>=', options.from.toISOString())
        .first(
          this.#knex.raw('count(*) AS total'),
          this.#knex.raw('max(id) AS last'),
          this.#knex.raw('sum(CASE WHEN id > ? THEN 1 ELSE 0 END) AS fresh', [
            options.after,
          ]),
        );
    return {
      total: Number(row?.total ?? 0),
      last: Number(row?.last ?? 0),
      fresh: Number(row?.fresh ?? 0),
    };
  }

  /** Events after a row, of types that begin like one of `types`, at most `limit`. */
  async after(options: {
    entityRef: string;
    from: Date;
    after: number;
    types: readonly string[];
    limit: number;
  }): Promise<EventLogEntry[]> {
    const rows = await this.#knex<EntityEventRow>('entity_events')
      .where({ entity_ref: options.entityRef })
      .where('at', '>=', options.from.toISOString())
      .where('id', '>', options.after)
      .where(query => {
        for (const type of options.types) {
          query.orWhere('type', 'like', `${type}%`);
        }
      })
      .orderBy('id')
      .limit(options.limit)
      .select('id', 'body');
    return rows.map(({ id, body }) => ({ row: Number(id), body }));
  }
}
