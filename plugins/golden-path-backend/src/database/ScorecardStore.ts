import {
  HistoryEntry,
  ScorecardRow,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { DriftReport, Scorecard } from '@goldenpath/engine';
import { Knex } from 'knex';
import { DriftRow, HistoryRow, ResultRow } from './tables';

/** Where a page of scorecards ended. @internal */
export interface ScorecardCursor {
  entityRef: string;
  path: string;
}

/** Reads of what evaluations wrote; nothing is computed here. @internal */
export class ScorecardStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** The current scorecards of an entity, by path name. */
  async scorecards(entityRef: string): Promise<Scorecard[]> {
    const rows = await this.#knex<ResultRow>('results')
      .where({ entity_ref: entityRef })
      .orderBy('path')
      .select('scorecard');
    return rows.map(row => JSON.parse(row.scorecard));
  }

  /** The newest changes of an entity's verdicts. */
  async history(entityRef: string, limit: number): Promise<HistoryEntry[]> {
    const rows = await this.#knex<HistoryRow>('history')
      .where({ entity_ref: entityRef })
      .orderBy('id', 'desc')
      .limit(limit);
    return rows.map(row => ({
      at: row.at,
      path: { name: row.path, version: row.path_version },
      level: row.level,
      score: JSON.parse(row.score),
      changes: JSON.parse(row.changes),
    }));
  }

  async drift(entityRef: string): Promise<DriftReport | undefined> {
    const row = await this.#knex<DriftRow>('drift')
      .where({ entity_ref: entityRef })
      .first();
    return row && JSON.parse(row.report);
  }

  /** A page of the fleet, ordered by entity and path, without the scorecards themselves. */
  async list(options: {
    path?: string;
    after?: ScorecardCursor;
    limit: number;
  }): Promise<ScorecardRow[]> {
    const { path, after, limit } = options;
    const query = this.#knex<ResultRow>('results')
      .orderBy(['entity_ref', 'path'])
      .limit(limit)
      .select(
        'entity_ref',
        'path',
        'level',
        'score_raw',
        'score_adjusted',
        'score_low',
        'score_high',
        'failing',
        'unknown',
        'owner',
        'evaluated_at',
      );
    if (path !== undefined) {
      query.where({ path });
    }
    if (after) {
      query.whereRaw('(entity_ref, path) > (?, ?)', [
        after.entityRef,
        after.path,
      ]);
    }
    return (await query).map(fromRow);
  }

  /** How many entities each path covers. */
  async countByPath(): Promise<Map<string, number>> {
    const rows: { path: string; entities: string | number }[] =
      await this.#knex('results')
        .groupBy('path')
        .select('path', this.#knex.raw('count(*) as entities'));
    return new Map(rows.map(row => [row.path, Number(row.entities)]));
  }
}

function fromRow(row: Omit<ResultRow, 'scorecard' | 'path_version'>) {
  return {
    entityRef: row.entity_ref,
    owner: row.owner,
    path: row.path,
    level: row.level,
    score: {
      raw: row.score_raw,
      adjusted: row.score_adjusted,
      low: row.score_low,
      high: row.score_high,
    },
    failing: row.failing,
    unknown: row.unknown,
    evaluatedAt: row.evaluated_at,
  };
}
