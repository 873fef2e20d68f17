import { createHash } from 'node:crypto';
import { UpdateRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { isOneOf } from './manyRows';

/** A proposed update as stored; migrations/ says what each column means. @internal */
export interface UpdateRow {
  id: string;
  entity_ref: string;
  layer: string;
  template: string;
  from_version: string | null;
  to_version: string;
  input_digest: string;
  plan_digest: string | null;
  decisions: string;
  provenance: 0 | 1;
  state: UpdateRequest['state'];
  draft: 0 | 1;
  conflicts: number;
  checks: UpdateRequest['checks'];
  branch: string;
  source_url: string | null;
  host: string | null;
  host_request_id: string | null;
  url: string | null;
  noun: string;
  problem: string | null;
  rollout_id: string | null;
  created_by: string;
  created_at: string;
  updated_at: string;
  merged_at: string | null;
  due_at: string | null;
  next_check_at: string | null;
  attempts: number;
  lease_id: string | null;
  lease_until: string | null;
  open_key: string | null;
}

const ROWS_PER_STATEMENT = 50;
const REFS_PER_STATEMENT = 1000;
const REPLACED = 'Replaced by a newer update on the same branch';

/** One key for each layer and version that is open at a time. @internal */
export function openKey(update: {
  entityRef: string;
  layer: string;
  inputDigest: string;
}): string {
  const { entityRef, layer, inputDigest } = update;
  return createHash('sha256')
    .update(JSON.stringify([entityRef, layer, inputDigest]))
    .digest('hex');
}

/** The records of proposed updates. @internal */
export class UpdateStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async get(id: string): Promise<UpdateRow | undefined> {
    return this.#knex<UpdateRow>('updates').where({ id }).first();
  }

  /** Updates of an entity, newest first. */
  async list(entityRef: string, limit: number): Promise<UpdateRow[]> {
    return this.#knex<UpdateRow>('updates')
      .where({ entity_ref: entityRef })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
  }

  /** The newest update of each layer of some entities. */
  async newest(entityRefs: string[]): Promise<UpdateRow[]> {
    const found: UpdateRow[] = [];
    for (let at = 0; at < entityRefs.length; at += REFS_PER_STATEMENT) {
      const refs = entityRefs.slice(at, at + REFS_PER_STATEMENT);
      const { sql, bind } = isOneOf(this.#knex, 'entity_ref', refs);
      const newest = this.#knex<UpdateRow>('updates')
        .whereRaw(sql, [bind])
        .groupBy('entity_ref', 'layer')
        .select(this.#knex.raw('max(id)'));
      found.push(
        ...(await this.#knex<UpdateRow>('updates').whereIn('id', newest)),
      );
    }
    return found;
  }

  /**
   * Keeps updates that are asked for, or finds the open ones that are for the same layer and version; in the order of
   * `rows`. An older open update that would use the same branch is closed: the branch has one request.
   */
  async ask(
    rows: UpdateRow[],
    transaction?: Knex.Transaction,
  ): Promise<UpdateRow[]> {
    if (!transaction) {
      return this.#knex.transaction(own => this.ask(rows, own));
    }
    const kept = new Map<string | null, UpdateRow>();
    // In one order everywhere, so that two replicas cannot wait for each other in a circle
    const sorted = [...rows].sort((a, b) =>
      a.open_key! < b.open_key! ? -1 : 1,
    );
    for (let at = 0; at < sorted.length; at += ROWS_PER_STATEMENT) {
      let missing = sorted.slice(at, at + ROWS_PER_STATEMENT);
      while (missing.length > 0) {
        for (const row of await this.#askOnce(missing, transaction)) {
          kept.set(row.open_key, row);
        }
        // Those in the way were closed meanwhile, and their keys are free again
        missing = missing.filter(row => !kept.has(row.open_key));
      }
    }
    return rows.map(row => kept.get(row.open_key)!);
  }

  async #askOnce(
    rows: UpdateRow[],
    transaction: Knex.Transaction,
  ): Promise<UpdateRow[]> {
    const inserted: UpdateRow[] = await transaction<UpdateRow>('updates')
      .insert(rows)
      .onConflict('open_key')
      .ignore()
      .returning('*');
    for (const row of inserted) {
      await closeReplaced(transaction, row);
    }
    return transaction<UpdateRow>('updates').whereIn(
      'open_key',
      rows.map(row => row.open_key!),
    );
  }

  /**
   * Puts updates that nobody works on into the queue again, from the beginning. Returns how many were put there; one
   * that is worked on, or merged or closed by now, is left alone.
   */
  async requeue(
    ids: string[],
    changes: Partial<Pick<UpdateRow, 'decisions' | 'plan_digest'>>,
    options: { now: Date; transaction?: Knex.Transaction },
  ): Promise<number> {
    const { now, transaction } = options;
    const client = transaction ?? this.#knex;
    let count = 0;
    for (let at = 0; at < ids.length; at += ROWS_PER_STATEMENT) {
      count += await client<UpdateRow>('updates')
        .whereIn('id', ids.slice(at, at + ROWS_PER_STATEMENT))
        .whereNotNull('open_key')
        .whereNot({ state: 'working' })
        .update({
          ...changes,
          state: 'queued',
          problem: null,
          attempts: 0,
          due_at: now.toISOString(),
          next_check_at: null,
          updated_at: now.toISOString(),
          lease_id: null,
          lease_until: null,
        });
    }
    return count;
  }

  /** Open requests whose host is to be asked now, the longest overdue first. */
  async dueChecks(now: Date, limit: number): Promise<UpdateRow[]> {
    return this.#knex<UpdateRow>('updates')
      .where('next_check_at', '<=', now.toISOString())
      .where({ state: 'open' })
      .orderBy(['next_check_at', 'id'])
      .limit(limit);
  }

  /** Open requests of services whose files are at or below an address. */
  async openAt(url: string): Promise<UpdateRow[]> {
    const prefix = url.endsWith('/') ? url : `${url}/`;
    const pattern = `${prefix.replace(/[\\%_]/g, '\\$&')}%`;
    return this.#knex<UpdateRow>('updates')
      .where({ state: 'open' })
      .where(any =>
        any
          .where('source_url', prefix.slice(0, -1))
          .orWhereRaw("source_url LIKE ? ESCAPE '\\'", [pattern]),
      );
  }

  /** Records how an open request stands. Returns whether it was still the one that was looked at. */
  async observe(
    row: Pick<UpdateRow, 'id' | 'updated_at'>,
    changes: Partial<UpdateRow>,
  ): Promise<boolean> {
    const updated = await this.#knex<UpdateRow>('updates')
      .where({ id: row.id, state: 'open', updated_at: row.updated_at })
      .update(changes);
    return updated > 0;
  }
}

async function closeReplaced(
  transaction: Knex.Transaction,
  row: UpdateRow,
): Promise<void> {
  await transaction<UpdateRow>('updates')
    .where({ entity_ref: row.entity_ref, branch: row.branch })
    .whereNot({ id: row.id })
    .whereNotNull('open_key')
    .update({
      state: 'closed',
      problem: REPLACED,
      open_key: null,
      due_at: null,
      next_check_at: null,
      lease_id: null,
      lease_until: null,
      updated_at: row.created_at,
    });
}
