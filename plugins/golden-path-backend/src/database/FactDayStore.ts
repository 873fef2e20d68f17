import { gunzipSync, gzipSync } from 'node:zlib';
import { Facts } from '@goldenpath/engine';
import { Knex } from 'knex';
import { StoredFact } from './FactStore';
import { isOneOf, rawRows } from './manyRows';
import { FactDayRow } from './tables';

/** Contents of one entity's sources from a day on. @internal */
export interface FactDay {
  day: string;
  /** Sources that changed on that day; `undefined` for one whose fact went away. */
  sources: Map<string, Facts[string]['data'] | undefined>;
}

/** Keeps the last content of each day on which a fact changed: at most one row per source and day. @internal */
export async function recordFactDays(
  transaction: Knex.Transaction,
  evaluation: {
    entityRef: string;
    at: Date;
    facts: StoredFact[];
    changed: ReadonlySet<string>;
  },
): Promise<void> {
  const { entityRef, at, facts, changed } = evaluation;
  const rows = facts
    .filter(fact => changed.has(fact.source))
    .map(
      ({ source, fact }): FactDayRow => ({
        entity_ref: entityRef,
        source,
        day: at.toISOString().slice(0, 10),
        data: fact ? gzipSync(JSON.stringify(fact.data)) : null,
      }),
    );
  if (rows.length > 0) {
    await transaction<FactDayRow>('fact_days')
      .insert(rows)
      .onConflict(['entity_ref', 'source', 'day'])
      .merge();
  }
}

/** Facts as they were, by day. @internal */
export class FactDayStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** What is known of some entities' past, each in ascending order of days, up to and including `to`. */
  async read(options: {
    entityRefs: string[];
    to: string;
  }): Promise<Map<string, FactDay[]>> {
    const refs = isOneOf(this.#knex, 'entity_ref', options.entityRefs);
    const rows = rawRows<FactDayRow>(
      await this.#knex.raw(
        `SELECT entity_ref, source, day, data FROM fact_days
         WHERE ${refs.sql} AND day <= ?
         ORDER BY entity_ref, day, source`,
        [refs.bind, options.to],
      ),
    );
    const byEntity = new Map<string, FactDay[]>();
    for (const row of rows) {
      const days = byEntity.get(row.entity_ref) ?? [];
      byEntity.set(row.entity_ref, days);
      let last = days.at(-1);
      if (last?.day !== row.day) {
        last = { day: row.day, sources: new Map() };
        days.push(last);
      }
      last.sources.set(
        row.source,
        row.data === null
          ? undefined
          : JSON.parse(gunzipSync(row.data).toString('utf8')),
      );
    }
    return byEntity;
  }

  /** Forgets what was superseded before `day`; the state of that day itself stays known. */
  async forgetBefore(day: string): Promise<number> {
    return this.#knex('fact_days')
      .where('day', '<', day)
      .whereExists(
        this.#knex('fact_days as newer')
          .whereRaw('newer.entity_ref = fact_days.entity_ref')
          .whereRaw('newer.source = fact_days.source')
          .whereRaw('newer.day > fact_days.day')
          .where('newer.day', '<=', day),
      )
      .delete();
  }
}
