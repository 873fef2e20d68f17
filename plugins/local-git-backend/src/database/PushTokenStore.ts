import { Knex } from 'knex';

/** A push token as it is kept: never the token, only its digest. */
export interface PushTokenRecord {
  /** SHA-256 of the token, in hexadecimal. */
  digest: string;
  repository: string;
  /** Entity reference of the user, or `plugin:<id>`, that it was given to. */
  createdBy: string;
  /** What the name of every branch pushed with it begins with; `null` when all may be pushed. */
  branchPrefix: string | null;
  createdAt: Date;
  expiresAt: Date;
}

interface PushTokenRow {
  digest: string;
  repository: string;
  created_by: string;
  branch_prefix: string | null;
  created_at: Date | number | string;
  expires_at: Date | number | string;
}

/** Table of the push tokens. */
export class PushTokenStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(record: PushTokenRecord): Promise<void> {
    await this.#table().insert({
      digest: record.digest,
      repository: record.repository,
      created_by: record.createdBy,
      branch_prefix: record.branchPrefix,
      created_at: record.createdAt,
      expires_at: record.expiresAt,
    });
  }

  /** The tokens that may push to a repository at the time `now`. */
  async listValid(options: {
    repository: string;
    now: Date;
  }): Promise<PushTokenRecord[]> {
    const rows = await this.#table()
      .where({ repository: options.repository })
      .andWhere('expires_at', '>', options.now);
    return rows.map(row => ({
      digest: row.digest,
      repository: row.repository,
      createdBy: row.created_by,
      branchPrefix: row.branch_prefix,
      createdAt: new Date(row.created_at),
      expiresAt: new Date(row.expires_at),
    }));
  }

  /** Forgets the tokens that are no longer good at the time `now`. */
  async deleteExpired(now: Date): Promise<void> {
    await this.#table().where('expires_at', '<=', now).delete();
  }

  #table() {
    return this.#knex<PushTokenRow>('push_tokens');
  }
}
