import { Rollout } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { isOneOf } from './manyRows';
import { SnapshotRow } from './tables';
import { UpdateRow } from './UpdateStore';

/** A roll-out as stored; migrations/ says what each column means. @internal */
export interface RolloutRow {
  id: string;
  template: string;
  version: string;
  input_digest: string;
  status: Rollout['status'];
  reason: string | null;
  reason_entity: string | null;
  waves: string;
  current_wave: number;
  advance_at: number;
  pause_on: string;
  accepted: string;
  idempotency_key: string;
  created_by: string;
  created_at: string;
  updated_at: string;
  revision: number;
}

/** @internal */
export interface RolloutItemRow {
  rollout_id: string;
  entity_ref: string;
  layer: string;
  from_version: string;
  wave: number;
  update_id: string | null;
  health: 'good' | 'fallen' | 'unknown' | null;
  health_cause: string | null;
  health_at: string | null;
}

/** A service in a roll-out with its update, once its wave was started. @internal */
export type RolloutEntry = RolloutItemRow & { update: UpdateRow | undefined };

const ROWS_PER_STATEMENT = 100;
const IDS_PER_STATEMENT = 500;

/** The records of roll-outs. Every change compares and raises `revision`, so that of two replicas one makes it. @internal */
export class RolloutStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async get(id: string): Promise<RolloutRow | undefined> {
    return this.#knex<RolloutRow>('rollouts').where({ id }).first();
  }

  /** The roll-out somebody started under a key. */
  async byKey(
    createdBy: string,
    idempotencyKey: string,
  ): Promise<RolloutRow | undefined> {
    return this.#knex<RolloutRow>('rollouts')
      .where({ created_by: createdBy, idempotency_key: idempotencyKey })
      .first();
  }

  /** Roll-outs of a template, newest first. */
  async list(template: string, limit: number): Promise<RolloutRow[]> {
    return this.#knex<RolloutRow>('rollouts')
      .where({ template })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
  }

  async running(): Promise<string[]> {
    const rows = await this.#knex<RolloutRow>('rollouts')
      .where({ status: 'running' })
      .orderBy('created_at')
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** The services of a roll-out in the order of the waves, each with its update. */
  async entries(rolloutId: string): Promise<RolloutEntry[]> {
    const items = await this.#knex<RolloutItemRow>('rollout_items')
      .where({ rollout_id: rolloutId })
      .orderBy(['wave', 'entity_ref', 'layer']);
    const ids = items.flatMap(item => item.update_id ?? []);
    const updates = new Map<string, UpdateRow>();
    for (let at = 0; at < ids.length; at += IDS_PER_STATEMENT) {
      const rows = await this.#knex<UpdateRow>('updates').whereIn(
        'id',
        ids.slice(at, at + IDS_PER_STATEMENT),
      );
      rows.forEach(row => updates.set(row.id, row));
    }
    return items.map(item => ({
      ...item,
      update: item.update_id === null ? undefined : updates.get(item.update_id),
    }));
  }

  /** Keeps a roll-out with its services, unless there is one of the same caller and key; returns the one kept. */
  async insert(row: RolloutRow, items: RolloutItemRow[]): Promise<RolloutRow> {
    return this.#knex.transaction(async transaction => {
      const [inserted] = await transaction<RolloutRow>('rollouts')
        .insert(row)
        .onConflict(['created_by', 'idempotency_key'])
        .ignore()
        .returning('*');
      if (!inserted) {
        const { created_by, idempotency_key } = row;
        const kept = await transaction<RolloutRow>('rollouts')
          .where({ created_by, idempotency_key })
          .first();
        return kept!;
      }
      for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) {
        await transaction<RolloutItemRow>('rollout_items').insert(
          items.slice(at, at + ROWS_PER_STATEMENT),
        );
      }
      return inserted;
    });
  }

  /**
   * Changes a roll-out that nobody changed since it was read, and whatever `also` writes, in one transaction. Returns
   * whether it did.
   */
  async change(
    row: Pick<RolloutRow, 'id' | 'revision'>,
    changes: Partial<RolloutRow>,
    also: (transaction: Knex.Transaction) => Promise<void> = async () => {},
  ): Promise<boolean> {
    return this.#knex.transaction(async transaction => {
      const updated = await transaction<RolloutRow>('rollouts')
        .where({ id: row.id, revision: row.revision })
        .update({ ...changes, revision: row.revision + 1 });
      if (updated > 0) {
        await also(transaction);
      }
      return updated > 0;
    });
  }

  /** Connects services with the updates that were made for them. */
  async link(
    transaction: Knex.Transaction,
    links: { item: RolloutItemRow; update: UpdateRow }[],
  ): Promise<void> {
    for (const { item, update } of links) {
      await transaction<RolloutItemRow>('rollout_items')
        .where(keyOf(item))
        .update({ update_id: update.id });
      await transaction<UpdateRow>('updates')
        .where({ id: update.id, rollout_id: null })
        .update({ rollout_id: item.rollout_id });
    }
  }

  /** Closes the updates of a roll-out that nobody has begun to carry out and that have no request yet. */
  async closeQueued(
    transaction: Knex.Transaction,
    rolloutId: string,
    options: { problem: string; now: Date },
  ): Promise<void> {
    await transaction<UpdateRow>('updates')
      .where({ rollout_id: rolloutId, state: 'queued', url: null })
      .update({
        state: 'closed',
        problem: options.problem,
        open_key: null,
        due_at: null,
        updated_at: options.now.toISOString(),
      });
  }

  async setHealth(
    item: RolloutItemRow,
    health: Pick<RolloutItemRow, 'health' | 'health_cause' | 'health_at'>,
  ): Promise<void> {
    await this.#knex<RolloutItemRow>('rollout_items')
      .where(keyOf(item))
      .update(health);
  }

  /** The text of `golden-path.yaml` of entities that have one. */
  async serviceFiles(entityRefs: string[]): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (let at = 0; at < entityRefs.length; at += IDS_PER_STATEMENT) {
      const refs = entityRefs.slice(at, at + IDS_PER_STATEMENT);
      const { sql, bind } = isOneOf(this.#knex, 'entity_ref', refs);
      const rows: Pick<SnapshotRow, 'entity_ref' | 'service_file_text'>[] =
        await this.#knex<SnapshotRow>('snapshots')
          .whereRaw(sql, [bind])
          .whereNotNull('service_file_text')
          .select('entity_ref', 'service_file_text');
      rows.forEach(row => texts.set(row.entity_ref, row.service_file_text!));
    }
    return texts;
  }

  /** Addresses of the files of entities, as a scan last saw them. */
  async sourceUrls(entityRefs: string[]): Promise<Map<string, string>> {
    const urls = new Map<string, string>();
    for (let at = 0; at < entityRefs.length; at += IDS_PER_STATEMENT) {
      const refs = entityRefs.slice(at, at + IDS_PER_STATEMENT);
      const { sql, bind } = isOneOf(this.#knex, 'entity_ref', refs);
      const rows: { entity_ref: string; source_url: string }[] =
        await this.#knex('entities')
          .whereRaw(sql, [bind])
          .whereNotNull('source_url')
          .select('entity_ref', 'source_url');
      rows.forEach(row => urls.set(row.entity_ref, row.source_url));
    }
    return urls;
  }
}

function keyOf(item: RolloutItemRow) {
  const { rollout_id, entity_ref, layer } = item;
  return { rollout_id, entity_ref, layer };
}
