import { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import { isPostgres } from './manyRows';

const ROWS_PER_STATEMENT = 100;
const LEASE_MS = 2 * 60_000;

/** @internal */
export interface ForecastRow {
  id: string;
  template_ref: string;
  url: string | null;
  version: string | null;
  input_digest: string | null;
  status: 'running' | 'done' | 'failed';
  problem: string | null;
  started_by: string;
  started_at: string;
  finished_at: string | null;
  lease_id: string | null;
  lease_until: string | null;
}

/** @internal */
export interface ForecastItemRow {
  forecast_id: string;
  entity_ref: string;
  layer_id: string;
  owner: string | null;
  from_version: string;
  outcome: 'clean' | 'conflict' | 'unchanged' | 'unknown' | null;
  result: string | null;
}

/** Dry runs of versions over the services of a template, with what each found. @internal */
export class ForecastStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(options: { knex: Knex; now?: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now ?? (() => new Date());
  }

  async create(options: {
    templateRef: string;
    url: string | null;
    startedBy: string;
    items: Pick<
      ForecastItemRow,
      'entity_ref' | 'layer_id' | 'owner' | 'from_version'
    >[];
  }): Promise<string> {
    const id = uuid();
    const items = options.items.map(item => ({ ...item, forecast_id: id }));
    await this.#knex.transaction(async transaction => {
      await transaction<ForecastRow>('forecasts').insert({
        id,
        template_ref: options.templateRef,
        url: options.url,
        status: 'running',
        started_by: options.startedBy,
        started_at: this.#now().toISOString(),
      });
      for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) {
        await transaction<ForecastItemRow>('forecast_items').insert(
          items.slice(at, at + ROWS_PER_STATEMENT),
        );
      }
    });
    return id;
  }

  async read(
    id: string,
  ): Promise<{ row: ForecastRow; items: ForecastItemRow[] } | undefined> {
    const row = await this.#knex<ForecastRow>('forecasts')
      .where({ id })
      .first();
    return row && { row, items: await this.items(id) };
  }

  async items(id: string): Promise<ForecastItemRow[]> {
    return this.#knex<ForecastItemRow>('forecast_items')
      .where({ forecast_id: id })
      .orderBy(['entity_ref', 'layer_id']);
  }

  /** The items of some dry runs. */
  async itemsOf(ids: string[]): Promise<ForecastItemRow[]> {
    return this.#knex<ForecastItemRow>('forecast_items').whereIn(
      'forecast_id',
      ids,
    );
  }

  /** The newest dry runs of a template. */
  async ofTemplate(templateRef: string, limit: number): Promise<ForecastRow[]> {
    return this.#knex<ForecastRow>('forecasts')
      .where({ template_ref: templateRef })
      .orderBy('started_at', 'desc')
      .limit(limit);
  }

  /** Takes a dry run that nobody is at; its lease ends by itself when this process dies. */
  async claim(): Promise<ForecastRow | undefined> {
    const now = this.#now();
    return this.#knex.transaction(async transaction => {
      const free = transaction<ForecastRow>('forecasts')
        .where({ status: 'running' })
        .where(row =>
          row
            .whereNull('lease_until')
            .orWhere('lease_until', '<=', now.toISOString()),
        )
        .orderBy('started_at')
        .first();
      const row = await (isPostgres(this.#knex)
        ? free.forUpdate().skipLocked()
        : free);
      if (!row) {
        return undefined;
      }
      const lease = { lease_id: uuid(), lease_until: leaseUntil(now) };
      await transaction<ForecastRow>('forecasts')
        .where({ id: row.id })
        .update(lease);
      return { ...row, ...lease };
    });
  }

  /** Prolongs the lease. False when another has taken the dry run over. */
  async hold(row: ForecastRow): Promise<boolean> {
    const held = await this.#knex<ForecastRow>('forecasts')
      .where({ id: row.id, lease_id: row.lease_id, status: 'running' })
      .update({ lease_until: leaseUntil(this.#now()) });
    return held === 1;
  }

  async describe(
    id: string,
    version: Pick<ForecastRow, 'version' | 'input_digest'>,
  ): Promise<void> {
    await this.#knex<ForecastRow>('forecasts').where({ id }).update(version);
  }

  async record(
    item: ForecastItemRow,
    found: Pick<ForecastItemRow, 'outcome' | 'result'>,
  ): Promise<void> {
    const { forecast_id, entity_ref, layer_id } = item;
    await this.#knex<ForecastItemRow>('forecast_items')
      .where({ forecast_id, entity_ref, layer_id })
      .update(found);
  }

  /** Ends a dry run this process holds. */
  async finish(row: ForecastRow, problem?: string): Promise<void> {
    await this.#knex<ForecastRow>('forecasts')
      .where({ id: row.id, lease_id: row.lease_id })
      .update({
        status: problem === undefined ? 'done' : 'failed',
        problem: problem ?? null,
        finished_at: this.#now().toISOString(),
        lease_id: null,
        lease_until: null,
      });
  }
}

function leaseUntil(now: Date): string {
  return new Date(now.getTime() + LEASE_MS).toISOString();
}
