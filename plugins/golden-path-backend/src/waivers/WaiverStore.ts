import { WaiverStatus } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { isOneOf, rawRows } from '../database/manyRows';
import { WaiverFileRow, WaiverRow } from '../database/tables';
import { StoredStatus } from './decide';
import { toWaiverInForce, WaiverInForce } from './waiverRecord';
import { dayOf } from './waiverDays';

const REFS_PER_STATEMENT = 1000;

/** Which waivers to list; every part narrows the list. @internal */
export interface WaiverFilter {
  entityRef?: string;
  /** Those that count on this golden path: asked for on it, or on every path. */
  path?: string;
  check?: string;
  status?: WaiverStatus;
  /** ISO date, UTC. */
  today: string;
}

/** A decision on a waiver that still has the status it was decided on. @internal */
export interface WaiverTransition {
  waiver: Pick<WaiverRow, 'id' | 'entity_ref' | 'check_id' | 'origin'>;
  from: StoredStatus;
  to: StoredStatus;
  by: string;
  note: string | null;
  now: Date;
}

/** The records of waivers. @internal */
export class WaiverStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async get(id: string): Promise<WaiverRow | undefined> {
    return this.#knex<WaiverRow>('waivers').where({ id }).first();
  }

  /**
   * The approved waivers of some entities whose day has not ended, by entity reference; entities without one are left
   * out. One statement for every 1,000 entities. `knex` may be a transaction to read in.
   */
  async inForce(
    entityRefs: string[],
    now: Date,
    knex: Knex = this.#knex,
  ): Promise<Map<string, WaiverInForce[]>> {
    const found = new Map<string, WaiverInForce[]>();
    for (let at = 0; at < entityRefs.length; at += REFS_PER_STATEMENT) {
      const refs = entityRefs.slice(at, at + REFS_PER_STATEMENT);
      const { sql, bind } = isOneOf(knex, 'entity_ref', refs);
      const result = await knex.raw(
        `SELECT id, entity_ref, path, check_id, reason, owner, expires, decided_by
         FROM waivers WHERE status = 'approved' AND expires >= ? AND ${sql} ORDER BY id`,
        [dayOf(now), bind],
      );
      for (const row of rawRows<WaiverRow>(result)) {
        const known = found.get(row.entity_ref) ?? [];
        known.push(toWaiverInForce(row));
        found.set(row.entity_ref, known);
      }
    }
    return found;
  }

  /** The waivers of an entity that wait for a decision, newest first. */
  async pendingFor(entityRef: string, now: Date): Promise<WaiverRow[]> {
    return this.list({
      filter: { entityRef, status: 'pending', today: dayOf(now) },
    });
  }

  /** Keeps a request, or finds the open one that asks for the same. */
  async insertRequest(
    row: WaiverRow & { open_key: string },
  ): Promise<WaiverRow> {
    for (;;) {
      const [inserted] = await this.#knex<WaiverRow>('waivers')
        .insert(row)
        .onConflict('open_key')
        .ignore()
        .returning('*');
      const kept =
        inserted ??
        (await this.#knex<WaiverRow>('waivers')
          .where({ open_key: row.open_key })
          .first());
      if (kept) {
        return kept;
      }
      // The one in the way was closed meanwhile, and its key is free again
    }
  }

  /**
   * Carries out a decision if the waiver still has the status it was made on and its day has not ended; tells whether it
   * did. Approving a waiver of a file withdraws the one it takes the place of.
   */
  async transition(options: WaiverTransition): Promise<boolean> {
    const { waiver, from, to, by, note, now } = options;
    const decision = { decided_by: by, decided_at: now.toISOString() };
    return this.#knex.transaction(async transaction => {
      if (waiver.origin === 'file') {
        await lockWaiverFile(transaction, waiver.entity_ref);
      }
      const updated = await transaction<WaiverRow>('waivers')
        .where({ id: waiver.id, status: from })
        .where('expires', '>=', dayOf(now))
        .update({
          ...decision,
          status: to,
          decision_note: note,
          ...(to !== 'approved' && { open_key: null }),
        });
      if (updated === 1 && to === 'approved' && waiver.origin === 'file') {
        await transaction<WaiverRow>('waivers')
          .where({
            entity_ref: waiver.entity_ref,
            check_id: waiver.check_id,
            origin: 'file',
            status: 'approved',
          })
          .whereNot({ id: waiver.id })
          .where('expires', '>=', dayOf(now))
          .update({
            ...decision,
            status: 'withdrawn',
            decision_note: `Replaced by waiver ${waiver.id}`,
          });
      }
      return updated === 1;
    });
  }

  /** Waivers, newest first; with `entityRefs` only those of these entities. */
  async list(options: {
    filter: WaiverFilter;
    entityRefs?: string[];
    before?: { at: string; id: string };
    limit?: number;
  }): Promise<WaiverRow[]> {
    const { filter, entityRefs, before, limit } = options;
    const query = this.#matching(filter, entityRefs).orderBy([
      { column: 'requested_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);
    if (before) {
      query.whereRaw('(requested_at, id) < (?, ?)', [before.at, before.id]);
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    return query;
  }

  async count(filter: WaiverFilter, entityRefs?: string[]): Promise<number> {
    const [{ total }] = await this.#matching(filter, entityRefs).count({
      total: '*',
    });
    return Number(total);
  }

  /** The entities that have such waivers. */
  async entityRefs(filter: WaiverFilter): Promise<string[]> {
    const rows = await this.#matching(filter).distinct('entity_ref');
    return rows.map(row => row.entity_ref);
  }

  #matching(
    filter: WaiverFilter,
    entityRefs?: string[],
  ): Knex.QueryBuilder<WaiverRow> {
    const query = this.#knex<WaiverRow>('waivers');
    if (filter.entityRef !== undefined) {
      query.where({ entity_ref: filter.entityRef });
    }
    if (filter.path !== undefined) {
      const { path } = filter;
      query.where(any => any.where({ path }).orWhereNull('path'));
    }
    if (filter.check !== undefined) {
      query.where({ check_id: filter.check });
    }
    if (filter.status === 'expired') {
      query.whereIn('status', ['pending', 'approved']);
      query.where('expires', '<', filter.today);
    } else if (filter.status !== undefined) {
      query.where({ status: filter.status });
      if (filter.status === 'pending' || filter.status === 'approved') {
        query.where('expires', '>=', filter.today);
      }
    }
    if (entityRefs) {
      const { sql, bind } = isOneOf(this.#knex, 'entity_ref', entityRefs);
      query.whereRaw(sql, [bind]);
    }
    return query;
  }
}

/**
 * Waits until nobody else changes the waivers of an entity's file, and keeps others waiting until the transaction ends.
 * Returns the digest the file was last followed at; SQLite has one connection, and so no others.
 * @internal
 */
export async function lockWaiverFile(
  transaction: Knex.Transaction,
  entityRef: string,
): Promise<string> {
  await transaction<WaiverFileRow>('waiver_files')
    .insert({ entity_ref: entityRef, digest: '' })
    .onConflict('entity_ref')
    .ignore();
  const row = await transaction<WaiverFileRow>('waiver_files')
    .where({ entity_ref: entityRef })
    .forUpdate()
    .first();
  return row?.digest ?? '';
}
