import {
  HealthResponse,
  healthResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { Instrumented } from '../health/instrumented';

interface HealthReportRow {
  entity_ref: string;
  environment: string;
  computed_at: string;
  response: string;
  pool: string;
  instrumented: string;
}

/** Downstream health as last computed. @internal */
export interface StoredHealth {
  response: HealthResponse;
  instrumented: Instrumented;
  computedAt: string;
}

/** What a roll-up needs of one entity. @internal */
export interface PooledHealth {
  entityRef: string;
  owner: string | null;
  system: string | null;
  /** JSON, as `poolOf` made it. */
  pool: string;
}

const ROWS_AT_ONCE = 1_000;

/** Reports over the configured window, one per entity and environment: a page computes nothing. @internal */
export class HealthReportStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** What is stored, unless it is of an older version of the contract. */
  async read(
    entityRef: string,
    environment: string,
  ): Promise<StoredHealth | undefined> {
    const row = await this.#knex<HealthReportRow>('health_reports')
      .where({ entity_ref: entityRef, environment })
      .first();
    const parsed =
      row && healthResponseSchema.safeParse(JSON.parse(row.response));
    return parsed?.success
      ? {
          response: parsed.data,
          instrumented: JSON.parse(row!.instrumented),
          computedAt: row!.computed_at,
        }
      : undefined;
  }

  /** Keeps a report, unless a later one is there. */
  async keep(
    entityRef: string,
    health: StoredHealth & { pool: string },
  ): Promise<void> {
    const row: HealthReportRow = {
      entity_ref: entityRef,
      environment: health.response.environment,
      computed_at: health.computedAt,
      response: JSON.stringify(health.response),
      pool: health.pool,
      instrumented: JSON.stringify(health.instrumented),
    };
    await this.#knex<HealthReportRow>('health_reports')
      .insert(row)
      .onConflict(['entity_ref', 'environment'])
      .merge()
      .where('health_reports.computed_at', '<=', row.computed_at);
  }

  /** Every entity's share of the roll-ups of one environment, a batch at a time. */
  async *pools(environment: string): AsyncGenerator<PooledHealth[]> {
    let after = '';
    for (;;) {
      const rows: {
        entity_ref: string;
        owner: string | null;
        system: string | null;
        pool: string;
      }[] = await this.#knex('health_reports as h')
        .join('entities as e', 'e.entity_ref', 'h.entity_ref')
        .where('h.environment', environment)
        .where('h.entity_ref', '>', after)
        .orderBy('h.entity_ref')
        .limit(ROWS_AT_ONCE)
        .select('h.entity_ref', 'e.owner', 'e.system', 'h.pool');
      if (rows.length === 0) {
        return;
      }
      yield rows.map(({ entity_ref, ...rest }) => ({
        entityRef: entity_ref,
        ...rest,
      }));
      after = rows[rows.length - 1].entity_ref;
    }
  }

  /** Drops what is kept of all environments but one. */
  async forgetOthers(entityRef: string, environment: string): Promise<void> {
    await this.#knex<HealthReportRow>('health_reports')
      .where({ entity_ref: entityRef })
      .whereNot({ environment })
      .delete();
  }

  async forget(entityRefs: string[]): Promise<void> {
    await this.#knex('health_reports')
      .whereIn('entity_ref', entityRefs)
      .delete();
  }
}
