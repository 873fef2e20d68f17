import { Fact } from '@goldenpath/engine';
import { Knex } from 'knex';
import { FactRow } from './tables';

/** A source's current state for one entity: the last good fact if there is one, and what went wrong since. @internal */
export interface StoredFact {
  source: string;
  fact?: Fact;
  etag?: string;
  /** When the collector is asked again. */
  refreshAt: Date;
  problem?: string;
}

/** Facts as last collected, one per entity and source. @internal */
export class FactStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Everything known about one entity, by source. */
  async read(entityRef: string): Promise<Map<string, StoredFact>> {
    const rows = await this.#knex<FactRow>('facts').where({
      entity_ref: entityRef,
    });
    return new Map(rows.map(row => [row.source, fromRow(row)]));
  }

  /** Entities with a source whose collector should be asked again, the longest overdue first. */
  async due(options: { now: Date; limit: number }): Promise<string[]> {
    const rows = await this.#knex<FactRow>('facts')
      .where('refresh_at', '<=', options.now.toISOString())
      .whereNotIn('entity_ref', this.#knex('work').select('entity_ref'))
      .groupBy('entity_ref')
      .orderByRaw('min(refresh_at)')
      .limit(options.limit)
      .select('entity_ref');
    return rows.map(row => row.entity_ref);
  }
}

/** Replaces every fact of an entity: sources that are not among them are forgotten. @internal */
export async function replaceFacts(options: {
  transaction: Knex.Transaction;
  entityRef: string;
  facts: StoredFact[];
}): Promise<void> {
  const { transaction, entityRef, facts } = options;
  await transaction<FactRow>('facts')
    .where({ entity_ref: entityRef })
    .whereNotIn(
      'source',
      facts.map(fact => fact.source),
    )
    .delete();
  if (facts.length > 0) {
    await transaction<FactRow>('facts')
      .insert(facts.map(fact => toRow(entityRef, fact)))
      .onConflict(['entity_ref', 'source'])
      .merge();
  }
}

function toRow(entityRef: string, stored: StoredFact): FactRow {
  return {
    entity_ref: entityRef,
    source: stored.source,
    observed_at: stored.fact?.observedAt ?? null,
    expires_at: stored.fact?.expiresAt ?? null,
    refresh_at: stored.refreshAt.toISOString(),
    etag: stored.etag ?? null,
    data: stored.fact ? JSON.stringify(stored.fact.data) : null,
    problem: stored.problem ?? null,
  };
}

function fromRow(row: FactRow): StoredFact {
  return {
    source: row.source,
    fact:
      row.data !== null && row.observed_at !== null
        ? {
            observedAt: row.observed_at,
            expiresAt: row.expires_at ?? undefined,
            data: JSON.parse(row.data),
          }
        : undefined,
    etag: row.etag ?? undefined,
    refreshAt: new Date(row.refresh_at),
    problem: row.problem ?? undefined,
  };
}
