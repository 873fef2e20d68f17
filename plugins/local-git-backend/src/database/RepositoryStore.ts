import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';

/** What is known of a repository beside its files. */
export interface RepositoryRecord {
  name: string;
  description: string;
  /** Entity reference of the owner; `null` when only the creator may push. */
  owner: string | null;
  /** Entity reference of the user who created it. */
  createdBy: string;
  createdAt: Date;
  /** Key of the request that created it, unique per user. */
  idempotencyKey: string;
}

interface RepositoryRow {
  name: string;
  description: string;
  owner: string | null;
  created_by: string;
  created_at: Date | number | string;
  idempotency_key: string;
}

/** Table of the served repositories. */
export class RepositoryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @throws ConflictError when the name, or the key of the same user, is taken */
  async insert(record: RepositoryRecord): Promise<void> {
    try {
      await this.#table().insert({
        name: record.name,
        description: record.description,
        owner: record.owner,
        created_by: record.createdBy,
        created_at: record.createdAt,
        idempotency_key: record.idempotencyKey,
      });
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw new ConflictError(`The repository '${record.name}' exists`);
      }
      throw error;
    }
  }

  async find(name: string): Promise<RepositoryRecord | undefined> {
    return toRecord(await this.#table().where({ name }).first());
  }

  async findByIdempotencyKey(options: {
    createdBy: string;
    idempotencyKey: string;
  }): Promise<RepositoryRecord | undefined> {
    const row = await this.#table()
      .where({
        created_by: options.createdBy,
        idempotency_key: options.idempotencyKey,
      })
      .first();
    return toRecord(row);
  }

  /** Every repository, by name. */
  async list(): Promise<RepositoryRecord[]> {
    const rows = await this.#table().orderBy('name');
    return rows.flatMap(row => toRecord(row) ?? []);
  }

  async delete(name: string): Promise<void> {
    await this.#table().where({ name }).delete();
  }

  #table() {
    return this.#knex<RepositoryRow>('repositories');
  }
}

function toRecord(
  row: RepositoryRow | undefined,
): RepositoryRecord | undefined {
  return (
    row && {
      name: row.name,
      description: row.description,
      owner: row.owner,
      createdBy: row.created_by,
      createdAt: new Date(row.created_at),
      idempotencyKey: row.idempotency_key,
    }
  );
}
