import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { WaiverFileRow, WaiverRow } from '../database/tables';
import { FileInsert, FilePlan } from './fileWaivers';
import { lockWaiverFile } from './WaiverStore';

/** What following a file changed, for the audit log. @internal */
export interface FileChange {
  id: string;
  check: string;
  change: string;
}

/** The records that follow what the services' files ask for. @internal */
export class WaiverFileStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Digest of what the file asked for when it was last followed. */
  async digest(
    entityRef: string,
    knex: Knex = this.#knex,
  ): Promise<string | undefined> {
    const row = await knex<WaiverFileRow>('waiver_files')
      .where({ entity_ref: entityRef })
      .first();
    return row?.digest;
  }

  /**
   * Carries out what `plan` makes of the entity's records, unless `digest` was followed already, and tells what changed.
   * All or nothing; in `transaction` if there is one, which the caller ends.
   */
  async follow(options: {
    entityRef: string;
    digest: string;
    plan: (rows: WaiverRow[]) => FilePlan;
    now: Date;
    transaction?: Knex.Transaction;
  }): Promise<FileChange[]> {
    return options.transaction
      ? this.#follow(options, options.transaction)
      : this.#knex.transaction(own => this.#follow(options, own));
  }

  async #follow(
    options: {
      entityRef: string;
      digest: string;
      plan: (rows: WaiverRow[]) => FilePlan;
      now: Date;
    },
    transaction: Knex.Transaction,
  ): Promise<FileChange[]> {
    const { entityRef, digest, now } = options;
    if ((await lockWaiverFile(transaction, entityRef)) === digest) {
      return [];
    }
    const rows = await transaction<WaiverRow>('waivers')
      .where({ entity_ref: entityRef, origin: 'file' })
      .where(any =>
        any.where({ in_file: 1 }).orWhereIn('status', ['pending', 'approved']),
      )
      .orderBy('id');
    const { updates, inserts } = options.plan(rows);
    const changes: FileChange[] = [];
    for (const { id, check, change, set, note } of updates) {
      await transaction<WaiverRow>('waivers')
        .where({ id })
        .update({
          ...set,
          ...(set.status && {
            decided_by: null,
            decided_at: now.toISOString(),
            decision_note: note ?? null,
          }),
        });
      changes.push({ id, check, change });
    }
    for (const insert of inserts) {
      const row = newRow(entityRef, insert, now);
      await transaction<WaiverRow>('waivers').insert(row);
      changes.push({ id: row.id, check: row.check_id, change: row.status });
    }
    await transaction<WaiverFileRow>('waiver_files')
      .where({ entity_ref: entityRef })
      .update({ digest });
    return changes;
  }
}

function newRow(
  entityRef: string,
  { asked, status, note }: FileInsert,
  now: Date,
): WaiverRow {
  return {
    id: uuid(),
    entity_ref: entityRef,
    path: null,
    check_id: asked.check,
    reason: asked.reason,
    owner: asked.owner,
    expires: asked.expires,
    origin: 'file',
    status,
    requested_by: null,
    requested_at: now.toISOString(),
    decided_by: null,
    decided_at: status === 'pending' ? null : now.toISOString(),
    decision_note: note,
    open_key: null,
    in_file: 1,
  };
}
