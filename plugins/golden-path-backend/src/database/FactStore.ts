import { Fact } from '@goldenpath/engine';
import { Knex } from 'knex';
import { FactRow } from './tables';

/** A source's current state for one entity: the last good fact if there is one, and what went wrong since. @internal */
export interface StoredFact {
  source: string;
  fact?: Fact;
  /** sha256 of the fact's data. */
  digest?: string;
  etag?: string;
  /** When the collector is asked again. */
  refreshAt: Date;
  problem?: string;
  /** Set while the collector is left alone since it fails for many entities. */
  suspendedUntil?: Date;
}

/** How a source does over all entities. @internal */
export interface SourceCounts {
  source: string;
  facts: number;
  expired: number;
  problems: number;
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

  /** Sources over all entities. */
  async counts(now: Date): Promise<SourceCounts[]> {
    const rows: Record<keyof SourceCounts, string | number | null>[] =
      await this.#knex('facts')
        .groupBy('source')
        .orderBy('source')
        .select(
          'source',
          this.#knex.raw('count(observed_at) AS facts'),
          this.#knex.raw(
            'sum(CASE WHEN expires_at <= ? THEN 1 ELSE 0 END) AS expired',
            [now.toISOString()],
          ),
          this.#knex.raw('count(problem) AS problems'),
        );
    return rows.map(row => ({
      source: String(row.source),
      facts: Number(row.facts),
      expired: Number(row.expired),
      problems: Number(row.problems),
    }));
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
    digest: stored.fact ? stored.digest ?? null : null,
    gaps: stored.fact?.gaps ? JSON.stringify(stored.fact.gaps) : null,
    problem: stored.problem ?? null,
    suspended_until: stored.suspendedUntil?.toISOString() ?? null,
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
            gaps: row.gaps === null ? undefined : JSON.parse(row.gaps),
          }
        : undefined,
    digest: row.digest ?? undefined,
    etag: row.etag ?? undefined,
    refreshAt: new Date(row.refresh_at),
    problem: row.problem ?? undefined,
    suspendedUntil:
      row.suspended_until === null ? undefined : new Date(row.suspended_until),
  };
}
