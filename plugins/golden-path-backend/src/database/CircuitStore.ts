import { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import { CircuitRow } from './tables';

/** A replica that still runs has tried again by then. */
const FORGOTTEN_AFTER_MS = 3_600_000;

/** How one source does as some replica sees it. @internal */
export interface CircuitReading {
  source: string;
  state: 'closed' | 'open' | 'half-open';
  reason?: string;
  openedAt?: string;
  retryAt?: string;
}

/** What replicas found out about sources that fail for many entities. @internal */
export class CircuitStore {
  readonly #knex: Knex;
  readonly #replica = uuid();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async write(options: {
    source: string;
    state: CircuitReading['state'];
    reason?: string;
    retryAt?: Date;
    now: Date;
  }): Promise<void> {
    const { source, state, reason, retryAt, now } = options;
    await this.#knex<CircuitRow>('circuits')
      .insert({
        source,
        replica: this.#replica,
        state,
        reason: reason ?? null,
        opened_at: state === 'closed' ? null : now.toISOString(),
        retry_at: retryAt?.toISOString() ?? null,
        seen_at: now.toISOString(),
      })
      .onConflict(['source', 'replica'])
      .merge();
  }

  /** Sources that some replica leaves alone; what one that is gone left behind is passed over. */
  async read(now: Date): Promise<Map<string, CircuitReading>> {
    const oldest = new Date(now.getTime() - FORGOTTEN_AFTER_MS);
    const rows = await this.#knex<CircuitRow>('circuits')
      .where('retry_at', '>', oldest.toISOString())
      .whereNot('state', 'closed')
      .orderBy('retry_at');
    return new Map(
      rows.map(row => [
        row.source,
        {
          source: row.source,
          state: row.state as CircuitReading['state'],
          reason: row.reason ?? undefined,
          openedAt: row.opened_at ?? undefined,
          retryAt: row.retry_at ?? undefined,
        },
      ]),
    );
  }
}
