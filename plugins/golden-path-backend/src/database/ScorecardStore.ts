import { HistoryEntry } from '@goldenpath/backstage-plugin-golden-path-common';
import { DriftReport } from '@goldenpath/engine';
import { Knex } from 'knex';
import { isPostgres, rawRows } from './manyRows';
import { DriftRow, FactRow, HistoryRow, ResultRow } from './tables';

/** What is known of one source of an entity, without its content. @internal */
export type StoredSource = Pick<
  FactRow,
  | 'source'
  | 'observed_at'
  | 'expires_at'
  | 'gaps'
  | 'problem'
  | 'suspended_until'
>;

/** Everything a scorecard shows, as stored. @internal */
export interface EntityReading {
  results: ResultRow[];
  sources: StoredSource[];
  /** Whether the entity waits or is being evaluated, and what went wrong last. */
  work: { last_error: string | null } | undefined;
}

const SOURCE_COLUMNS = [
  'source',
  'observed_at',
  'expires_at',
  'gaps',
  'problem',
  'suspended_until',
];

/** Reads of what evaluations wrote; nothing is computed here. @internal */
export class ScorecardStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** One statement: a page shows little, and each way to the database costs more than what it brings. */
  async read(entityRef: string): Promise<EntityReading> {
    const postgres = isPostgres(this.#knex);
    const object = postgres ? 'json_build_object' : 'json_object';
    const list = postgres ? 'json_agg' : 'json_group_array';
    const pairs = SOURCE_COLUMNS.map(name => `'${name}', f.${name}`).join(', ');
    const rows = rawRows<
      Partial<ResultRow> & {
        sources_: string | StoredSource[] | null;
        queued_: number | string;
        last_error_: string | null;
      }
    >(
      await this.#knex.raw(
        `SELECT r.*,
           (SELECT ${list}(${object}(${pairs})) FROM facts f WHERE f.entity_ref = one.ref) AS sources_,
           (SELECT count(*) FROM work w WHERE w.entity_ref = one.ref) AS queued_,
           (SELECT w.last_error FROM work w WHERE w.entity_ref = one.ref) AS last_error_
         FROM (SELECT ${postgres ? '?::text' : '?'} AS ref) AS one
         LEFT JOIN results r ON r.entity_ref = one.ref
         ORDER BY r.path`,
        [entityRef],
      ),
    );
    const [first] = rows;
    const sources = first?.sources_ ?? [];
    return {
      results: rows.filter((row): row is typeof row & ResultRow =>
        Boolean(row.path),
      ),
      sources: typeof sources === 'string' ? JSON.parse(sources) : sources,
      work:
        Number(first?.queued_ ?? 0) > 0
          ? { last_error: first.last_error_ }
          : undefined,
    };
  }

  /** The newest changes of an entity's verdicts. */
  async history(entityRef: string, limit: number): Promise<HistoryEntry[]> {
    const rows = await this.#knex<HistoryRow>('history')
      .where({ entity_ref: entityRef })
      .orderBy('id', 'desc')
      .limit(limit);
    return rows.map(toEntry);
  }

  async drift(entityRef: string): Promise<DriftReport | undefined> {
    const row = await this.#knex<DriftRow>('drift')
      .where({ entity_ref: entityRef })
      .first();
    return row && JSON.parse(row.report);
  }
}

function toEntry(row: HistoryRow): HistoryEntry {
  const change: HistoryEntry['change'] =
    row.change === null ? undefined : JSON.parse(row.change);
  return {
    at: row.at,
    path: { name: row.path, version: row.path_version },
    level: row.level,
    score: JSON.parse(row.score),
    changes: change
      ? change.parts.flatMap(part => part.checks)
      : JSON.parse(row.changes),
    ...(change && { change }),
  };
}
