import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ChangeRequestStatus } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';

const MAX_TRIES = 5;

/** A change request as it is kept. */
export interface ChangeRequestRecord {
  repository: string;
  number: number;
  sourceBranch: string;
  targetBranch: string;
  title: string;
  body: string;
  draft: boolean;
  state: ChangeRequestStatus;
  /** Commit of the source branch when last looked at, in full. */
  headCommit: string;
  /** Commit of the target branch when last looked at, before the request was merged. */
  targetCommit: string;
  /** Entity reference of a user, or `plugin:<id>`. */
  createdBy: string;
  createdAt: Date;
  mergedBy: string | null;
  mergedAt: Date | null;
  /** The commit made here; `null` when a push merged it. */
  mergeCommit: string | null;
  closedAt: Date | null;
}

/** What is set anew. */
export type ChangeRequestUpdate = Partial<
  Omit<ChangeRequestRecord, 'repository' | 'number'>
>;

interface ChangeRequestRow {
  repository: string;
  number: number;
  source_branch: string;
  target_branch: string;
  title: string;
  body: string;
  draft: boolean | number;
  state: ChangeRequestStatus;
  head_commit: string;
  target_commit: string;
  created_by: string;
  created_at: Date | number | string;
  merged_by: string | null;
  merged_at: Date | number | string | null;
  merge_commit: string | null;
  closed_at: Date | number | string | null;
}

/** Table of the change requests. */
export class ChangeRequestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Gives a request the next number of its repository.
   *
   * @throws ConflictError when the source branch has an open request
   */
  async insert(
    record: Omit<ChangeRequestRecord, 'number'>,
  ): Promise<ChangeRequestRecord> {
    const { repository, sourceBranch } = record;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const newest = await this.#table()
        .where({ repository })
        .max<{ number: number | null }>('number as number')
        .first();
      const numbered = { ...record, number: (newest?.number ?? 0) + 1 };
      try {
        await this.#table().insert({
          repository,
          number: numbered.number,
          created_by: record.createdBy,
          created_at: record.createdAt,
          ...toColumns(numbered),
        } as ChangeRequestRow);
        return numbered;
      } catch (error) {
        if (!isDatabaseConflictError(error)) {
          throw error;
        }
        if (await this.findOpen({ repository, sourceBranch })) {
          break;
        }
        // Somebody took the number
      }
    }
    throw new ConflictError(
      `A change request of the branch '${sourceBranch}' is being opened; try again`,
    );
  }

  async find(options: {
    repository: string;
    number: number;
  }): Promise<ChangeRequestRecord | undefined> {
    const { repository, number } = options;
    return toRecord(await this.#table().where({ repository, number }).first());
  }

  /** The open request of a branch; there is one at most. */
  async findOpen(options: {
    repository: string;
    sourceBranch: string;
  }): Promise<ChangeRequestRecord | undefined> {
    const { repository, sourceBranch } = options;
    const row = await this.#table()
      .where({ repository, source_branch: sourceBranch, state: 'open' })
      .first();
    return toRecord(row);
  }

  /** The newest first. */
  async list(options: {
    repository: string;
    state?: ChangeRequestStatus;
    sourceBranch?: string;
    limit?: number;
  }): Promise<ChangeRequestRecord[]> {
    const { repository, state, sourceBranch, limit } = options;
    const query = this.#table().where({ repository }).orderBy('number', 'desc');
    if (state) {
      query.andWhere({ state });
    }
    if (sourceBranch) {
      query.andWhere({ source_branch: sourceBranch });
    }
    if (limit) {
      query.limit(limit);
    }
    return (await query).flatMap(row => toRecord(row) ?? []);
  }

  /** How many requests of a repository are in each state. */
  async count(
    repository: string,
  ): Promise<Record<ChangeRequestStatus, number>> {
    const counts = { open: 0, merged: 0, closed: 0 };
    const rows: { state: ChangeRequestStatus; many: number | string }[] =
      await this.#knex('change_requests')
        .where({ repository })
        .groupBy('state')
        .select('state', this.#knex.raw('count(*) as many'));
    for (const { state, many } of rows) {
      counts[state] = Number(many);
    }
    return counts;
  }

  /**
   * Sets what is given, unless the request is no longer in the state it was looked at in.
   *
   * @returns whether it was set
   * @throws ConflictError when it would be the second open request of its branch
   */
  async update(
    record: ChangeRequestRecord,
    update: ChangeRequestUpdate,
  ): Promise<boolean> {
    const { repository, number, state } = record;
    try {
      const changed = await this.#table()
        .where({ repository, number, state })
        .update(toColumns(update));
      return changed > 0;
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw new ConflictError(
          `The branch '${record.sourceBranch}' has another open change request`,
        );
      }
      throw error;
    }
  }

  #table() {
    return this.#knex<ChangeRequestRow>('change_requests');
  }
}

function toColumns(update: ChangeRequestUpdate): Partial<ChangeRequestRow> {
  const columns: Partial<ChangeRequestRow> = {
    source_branch: update.sourceBranch,
    target_branch: update.targetBranch,
    title: update.title,
    body: update.body,
    draft: update.draft,
    state: update.state,
    head_commit: update.headCommit,
    target_commit: update.targetCommit,
    merged_by: update.mergedBy,
    merged_at: update.mergedAt,
    merge_commit: update.mergeCommit,
    closed_at: update.closedAt,
  };
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  );
}

function toRecord(
  row: ChangeRequestRow | undefined,
): ChangeRequestRecord | undefined {
  return (
    row && {
      repository: row.repository,
      number: row.number,
      sourceBranch: row.source_branch,
      targetBranch: row.target_branch,
      title: row.title,
      body: row.body,
      draft: Boolean(row.draft),
      state: row.state,
      headCommit: row.head_commit,
      targetCommit: row.target_commit,
      createdBy: row.created_by,
      createdAt: new Date(row.created_at),
      mergedBy: row.merged_by,
      mergedAt: toDate(row.merged_at),
      mergeCommit: row.merge_commit,
      closedAt: toDate(row.closed_at),
    }
  );
}

function toDate(value: Date | number | string | null): Date | null {
  return value === null ? null : new Date(value);
}
