import { FleetQuery } from '@goldenpath/backstage-plugin-golden-path-common';
import { Verdict } from '@goldenpath/engine';
import { Knex } from 'knex';
import { codesOf } from '../scoring/verdictCodes';
import { isOneOf } from './manyRows';
import { EntityRow, ResultRow } from './tables';

/** A row of the fleet as stored. @internal */
export type FleetRow = Omit<
  ResultRow,
  'judged' | 'credits' | 'waivers' | 'facts_used' | 'judge_at'
> &
  Pick<EntityRow, 'title' | 'owner' | 'system' | 'template'> & {
    /** Only when asked for. */
    judged?: string;
    waivers?: string;
  };

/** What narrows the fleet, with everything looked up. @internal */
export interface FleetFilter {
  path?: string;
  owners?: string[] | 'none';
  systems?: string[] | 'none';
  template?: string;
  /** A level, or `none`. */
  level?: string;
  search?: string;
  check?: { digest: string; index: number; verdict: Verdict };
  /** Only those with an enforced check that is not known. */
  unknown?: boolean;
}

/** @internal */
export interface FleetOrder {
  by: NonNullable<FleetQuery['orderBy']>;
  descending: boolean;
}

/** Where a page ended: the value ordered by, and the row. @internal */
export interface FleetCursor {
  value: string | number;
  entityRef: string;
  path: string;
}

/** One group of results with the same owner, system, template and level. @internal */
export interface FleetGroup {
  owner: string | null;
  system: string | null;
  template: string | null;
  level: string | null;
  scorecards: number;
  /** Results with a score, and sums over them. */
  scored: number;
  raw: number;
  adjusted: number;
  adjustedScored: number;
  low: number;
  high: number;
  failing: number;
  unknown: number;
  /** Results with something that is not known. */
  withUnknown: number;
  waived: number;
}

const ORDER_COLUMNS: Record<FleetOrder['by'], string> = {
  entity: 'r.entity_ref',
  owner: "coalesce(e.owner, '')",
  level: 'r.level_rank',
  score: 'coalesce(r.score_raw, -1)',
  failing: 'r.failing',
  unknown: 'r.unknown',
  observedAt: "coalesce(r.observed_at, '')",
};
const COLUMNS = [
  'r.entity_ref',
  'r.path',
  'r.path_version',
  'r.path_digest',
  'r.level',
  'r.level_rank',
  'r.next_level',
  'r.score_raw',
  'r.score_adjusted',
  'r.score_low',
  'r.score_high',
  'r.coverage',
  'r.failing',
  'r.unknown',
  'r.waived',
  'r.verdicts',
  'r.observed_at',
  'r.evaluated_at',
  'e.title',
  'e.owner',
  'e.system',
  'e.template',
];

/** Reads over all results; what each holds in full is left where it is. @internal */
export class FleetStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** A page of the fleet. */
  async list(options: {
    filter: FleetFilter;
    order: FleetOrder;
    after?: FleetCursor;
    limit: number;
    withJudged?: boolean;
  }): Promise<(FleetRow & { order_value: string | number })[]> {
    const { filter, order, after, limit, withJudged } = options;
    const column = ORDER_COLUMNS[order.by];
    const direction = order.descending ? 'desc' : 'asc';
    // Put in order by as little as there need be; what is shown is read of the page alone
    const page = this.#filtered(filter, order)
      .select('r.entity_ref', 'r.path')
      .select(this.#knex.raw(`${column} AS order_value`))
      .orderByRaw(`${column} ${direction}, r.entity_ref, r.path`)
      .limit(limit);
    if (after) {
      const beyond = order.descending ? '<' : '>';
      page.whereRaw(
        `(${column} ${beyond} ? OR (${column} = ? AND (r.entity_ref, r.path) > (?, ?)))`,
        [after.value, after.value, after.entityRef, after.path],
      );
    }
    const query = this.#knex
      .from(page.as('page'))
      .innerJoin('results as r', own =>
        own.on('r.entity_ref', 'page.entity_ref').andOn('r.path', 'page.path'),
      )
      .leftJoin('entities as e', 'e.entity_ref', 'r.entity_ref')
      .select(COLUMNS)
      .select('page.order_value')
      .orderByRaw(`page.order_value ${direction}, r.entity_ref, r.path`);
    if (withJudged) {
      query.select('r.judged', 'r.waivers');
    }
    return query;
  }

  async count(filter: FleetFilter): Promise<number> {
    const row = await this.#filtered(filter)
      .count<{ n: string | number }>({ n: '*' })
      .first();
    return Number(row?.n ?? 0);
  }

  /** How many results each path has. */
  async countByPath(): Promise<Map<string, number>> {
    const rows: { path: string; entities: string | number }[] =
      await this.#knex('results')
        .groupBy('path')
        .select('path', this.#knex.raw('count(*) as entities'));
    return new Map(rows.map(row => [row.path, Number(row.entities)]));
  }

  /** Sums over the results, as coarse as roll-ups can use them. */
  async groups(path: string | undefined): Promise<FleetGroup[]> {
    const sum = (expression: string, name: string) =>
      this.#knex.raw(`sum(${expression}) AS "${name}"`);
    const rows: Record<keyof FleetGroup, string | number | null>[] =
      await this.#filtered({ path }, undefined, true)
        .groupBy('e.owner', 'e.system', 'e.template', 'r.level')
        .select('e.owner', 'e.system', 'e.template', 'r.level')
        .select(
          this.#knex.raw('count(*) AS scorecards'),
          this.#knex.raw('count(r.score_raw) AS scored'),
          this.#knex.raw('count(r.score_adjusted) AS "adjustedScored"'),
          sum('r.score_raw', 'raw'),
          sum('r.score_adjusted', 'adjusted'),
          sum('r.score_low', 'low'),
          sum('r.score_high', 'high'),
          sum('r.failing', 'failing'),
          sum('r.unknown', 'unknown'),
          sum('CASE WHEN r.unknown > 0 THEN 1 ELSE 0 END', 'withUnknown'),
          sum('r.waived', 'waived'),
        );
    return rows.map(row => {
      const number = (name: keyof FleetGroup) => Number(row[name] ?? 0);
      const text = (name: keyof FleetGroup) =>
        row[name] === null ? null : String(row[name]);
      return {
        owner: text('owner'),
        system: text('system'),
        template: text('template'),
        level: text('level'),
        scorecards: number('scorecards'),
        scored: number('scored'),
        raw: number('raw'),
        adjusted: number('adjusted'),
        adjustedScored: number('adjustedScored'),
        low: number('low'),
        high: number('high'),
        failing: number('failing'),
        unknown: number('unknown'),
        withUnknown: number('withUnknown'),
        waived: number('waived'),
      };
    });
  }

  /** The verdict letters of every result that was judged by one definition of a path. */
  async verdicts(
    path: string,
    digest: string,
  ): Promise<{ entity_ref: string; verdicts: string }[]> {
    return this.#knex<ResultRow>('results')
      .where({ path, path_digest: digest })
      .select('entity_ref', 'verdicts');
  }

  /** Results that a filter leaves, joined with their entities only where the filter or the order asks about these. */
  #filtered(filter: FleetFilter, order?: FleetOrder, always = false) {
    const query = this.#knex('results as r');
    const { owners, systems, template, search } = filter;
    if (
      always ||
      order?.by === 'owner' ||
      [owners, systems, template, search].some(part => part !== undefined)
    ) {
      query.leftJoin('entities as e', 'e.entity_ref', 'r.entity_ref');
    }
    if (filter.path !== undefined) {
      query.where('r.path', filter.path);
    }
    this.#narrow(query, 'e.owner', filter.owners);
    this.#narrow(query, 'e.system', filter.systems);
    if (filter.template !== undefined) {
      query.where('e.template', filter.template);
    }
    if (filter.level === 'none') {
      query.whereNull('r.level');
    } else if (filter.level !== undefined) {
      query.where('r.level', filter.level);
    }
    if (filter.search !== undefined) {
      const text = filter.search.toLocaleLowerCase('en-US');
      const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
      query.whereRaw(
        "(r.entity_ref LIKE ? ESCAPE '\\' OR lower(coalesce(e.title, '')) LIKE ? ESCAPE '\\')",
        [pattern, pattern],
      );
    }
    if (filter.check) {
      const { digest, index, verdict } = filter.check;
      const { sql, bind } = isOneOf(
        this.#knex,
        'substr(r.verdicts, ?, 1)',
        codesOf(verdict),
      );
      query.where('r.path_digest', digest).whereRaw(sql, [index + 1, bind]);
    }
    if (filter.unknown) {
      query.where('r.unknown', '>', 0);
    }
    return query;
  }

  #narrow(
    query: Knex.QueryBuilder,
    column: string,
    values: string[] | 'none' | undefined,
  ): void {
    if (values === 'none') {
      query.whereNull(column);
    } else if (values) {
      const { sql, bind } = isOneOf(this.#knex, column, values);
      query.whereRaw(sql, [bind]);
    }
  }
}
