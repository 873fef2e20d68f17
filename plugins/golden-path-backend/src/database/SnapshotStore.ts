import { Knex } from 'knex';
import { SnapshotRow } from './tables';

/** What drift and waivers need of a repository, so that neither reads it again. @internal */
export interface RepositorySnapshot {
  commit: string | null;
  observedAt: string;
  /** Path to `sha256:<hex>` of every file. */
  digests: Map<string, string>;
  /** Text of `.golden-path.lock.yaml`, when there is one. */
  lockText?: string;
  /** Text of `golden-path.yaml`, when there is one. */
  serviceFileText?: string;
}

/** The last read state of each entity's repository. @internal */
export class SnapshotStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async read(entityRef: string): Promise<RepositorySnapshot | undefined> {
    const row = await this.#knex<SnapshotRow>('snapshots')
      .where({ entity_ref: entityRef })
      .first();
    return (
      row && {
        commit: row.commit,
        observedAt: row.observed_at,
        digests: new Map(Object.entries(JSON.parse(row.files))),
        lockText: row.lock_text ?? undefined,
        serviceFileText: row.service_file_text ?? undefined,
      }
    );
  }

  async write(entityRef: string, snapshot: RepositorySnapshot): Promise<void> {
    await this.#knex<SnapshotRow>('snapshots')
      .insert({
        entity_ref: entityRef,
        commit: snapshot.commit,
        observed_at: snapshot.observedAt,
        files: JSON.stringify(Object.fromEntries(snapshot.digests)),
        lock_text: snapshot.lockText ?? null,
        service_file_text: snapshot.serviceFileText ?? null,
      })
      .onConflict('entity_ref')
      .merge();
  }

  async remove(entityRef: string): Promise<void> {
    await this.#knex<SnapshotRow>('snapshots')
      .where({ entity_ref: entityRef })
      .delete();
  }
}
