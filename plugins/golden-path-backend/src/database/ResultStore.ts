import { Knex } from 'knex';
import {
  isOneOf,
  isPostgres,
  JsonColumn,
  rawRows,
  writeRows,
} from './manyRows';
import { HistoryRow, ResultRow } from './tables';

/** A result as judged now, with what becomes of the stored one. @internal */
export interface ResultWrite {
  row: ResultRow;
  /** Only the time of the judgement differs from what is stored. */
  unchanged: boolean;
  history?: Omit<HistoryRow, 'id'>;
}

/** The content of one source for one entity, as a pass reads it. @internal */
export interface FactContent {
  entity_ref: string;
  source: string;
  observed_at: string | null;
  expires_at: string | null;
  digest: string | null;
  data: string | null;
  gaps: string | null;
  problem: string | null;
}

const RESULT_COLUMNS: Record<keyof ResultRow, JsonColumn> = {
  entity_ref: 'text',
  path: 'text',
  path_version: 'text',
  path_digest: 'text',
  level: 'text',
  level_rank: 'integer',
  next_level: 'text',
  score_raw: 'double',
  score_adjusted: 'double',
  score_low: 'double',
  score_high: 'double',
  coverage: 'double',
  failing: 'integer',
  unknown: 'integer',
  waived: 'integer',
  verdicts: 'text',
  credits: 'text',
  judged: 'text',
  waivers: 'text',
  facts_used: 'text',
  observed_at: 'text',
  evaluated_at: 'text',
  judge_at: 'text',
};
const TOUCHED_COLUMNS = {
  entity_ref: 'text',
  path: 'text',
  path_version: 'text',
  path_digest: 'text',
  facts_used: 'text',
  observed_at: 'text',
  evaluated_at: 'text',
  judge_at: 'text',
} as const;
const HISTORY_COLUMNS = {
  entity_ref: 'text',
  path: 'text',
  path_version: 'text',
  level: 'text',
  score: 'text',
  changes: 'text',
  change: 'text',
  at: 'text',
} as const;

/**
 * Current results, many at a time: the number of statements depends on the number of batches alone.
 * @internal
 */
export class ResultStore {
  readonly #knex: Knex;

  /** @param options.knex - may be a transaction. */
  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /**
   * Results that are to be judged again by `now`. On PostgreSQL they are locked until the transaction ends, and those
   * another replica has locked are passed over: replicas share a pass without a word between them. SQLite has one
   * replica.
   */
  async due(options: { now: Date; limit: number }): Promise<ResultRow[]> {
    const query = this.#knex<ResultRow>('results')
      .where('judge_at', '<=', options.now.toISOString())
      .orderBy(['judge_at', 'entity_ref', 'path'])
      .limit(options.limit);
    return isPostgres(this.#knex) ? query.forUpdate().skipLocked() : query;
  }

  /** The results of an entity, locked until the transaction ends where the database can. */
  async ofEntity(entityRef: string): Promise<ResultRow[]> {
    const query = this.#knex<ResultRow>('results')
      .where({ entity_ref: entityRef })
      .orderBy('path');
    return isPostgres(this.#knex) && this.#knex.isTransaction
      ? query.forUpdate()
      : query;
  }

  /** Definitions that results to be judged by `now` were judged by before. */
  async dueDefinitions(now: Date): Promise<{ path: string; digest: string }[]> {
    const rows = await this.#knex<ResultRow>('results')
      .where('judge_at', '<=', now.toISOString())
      .distinct('path', 'path_digest');
    return rows.map(row => ({ path: row.path, digest: row.path_digest }));
  }

  /** Contents of sources of many entities. */
  async facts(entityRefs: string[], sources: string[]): Promise<FactContent[]> {
    const refs = isOneOf(this.#knex, 'entity_ref', entityRefs);
    const read = isOneOf(this.#knex, 'source', sources);
    return rawRows(
      await this.#knex.raw(
        `SELECT entity_ref, source, observed_at, expires_at, digest, data, gaps, problem
         FROM facts WHERE ${refs.sql} AND ${read.sql}`,
        [refs.bind, read.bind],
      ),
    );
  }

  /** Stores results: whole where they are others than before, else only that they were looked at. */
  async write(writes: ResultWrite[]): Promise<void> {
    const sorted = [...writes].sort((a, b) =>
      a.row.entity_ref < b.row.entity_ref ? -1 : 1,
    );
    await this.#replace(sorted.filter(write => !write.unchanged));
    await this.#touch(sorted.filter(write => write.unchanged));
    await this.#append(sorted.flatMap(write => write.history ?? []));
  }

  /** Makes results due that were judged by another definition of a path before a time. Returns how many there are. */
  async expireOtherDefinitions(
    path: string,
    options: { digest: string; judgedBefore: Date; now: Date },
  ): Promise<number> {
    const at = options.now.toISOString();
    return this.#knex<ResultRow>('results')
      .where({ path })
      .whereNot('path_digest', options.digest)
      .where('evaluated_at', '<', options.judgedBefore.toISOString())
      .where('judge_at', '>', at)
      .update({ judge_at: at });
  }

  /** Makes the results of some entities due. */
  async expire(entityRefs: string[], now: Date): Promise<void> {
    const refs = isOneOf(this.#knex, 'entity_ref', entityRefs);
    await this.#knex.raw(`UPDATE results SET judge_at = ? WHERE ${refs.sql}`, [
      now.toISOString(),
      refs.bind,
    ]);
  }

  async #replace(writes: ResultWrite[]): Promise<void> {
    const names = Object.keys(RESULT_COLUMNS);
    const updates = names
      .filter(name => name !== 'entity_ref' && name !== 'path')
      .map(name => `${name} = excluded.${name}`);
    await writeRows(this.#knex, {
      columns: RESULT_COLUMNS,
      rows: writes.map(write => write.row),
      statement: source => `INSERT INTO results (${names.join(', ')})
        SELECT ${names.join(', ')} FROM ${source} AS new_ WHERE true
        ON CONFLICT (entity_ref, path) DO UPDATE SET ${updates.join(', ')}`,
    });
  }

  async #touch(writes: ResultWrite[]): Promise<void> {
    const updates = Object.keys(TOUCHED_COLUMNS)
      .filter(name => name !== 'entity_ref' && name !== 'path')
      .map(name => `${name} = new_.${name}`);
    await writeRows(this.#knex, {
      columns: TOUCHED_COLUMNS,
      rows: writes.map(write => write.row),
      statement: source => `UPDATE results SET ${updates.join(', ')}
        FROM ${source} AS new_
        WHERE results.entity_ref = new_.entity_ref AND results.path = new_.path`,
    });
  }

  async #append(rows: Omit<HistoryRow, 'id'>[]): Promise<void> {
    const names = Object.keys(HISTORY_COLUMNS).join(', ');
    await writeRows(this.#knex, {
      columns: HISTORY_COLUMNS,
      rows,
      statement: source =>
        `INSERT INTO history (${names}) SELECT ${names} FROM ${source} AS new_ WHERE true`,
    });
  }
}
