import { Knex } from 'knex';
import { PathVersionRow } from '../database/tables';
import { LoadedPath } from './loadPaths';
import { definitionOf } from './pathDefinition';

/** A definition that is or was in force, without its text. @internal */
export type PathVersionKey = Pick<
  PathVersionRow,
  'name' | 'digest' | 'version'
>;

/** Every definition of a golden path that was ever in force. @internal */
export class PathVersionStore {
  readonly #knex: Knex;
  readonly #recorded = new Set<string>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Keeps definitions; those already there stay as they are. */
  async record(paths: LoadedPath[], now: Date): Promise<void> {
    for (const { path, digest, source } of paths) {
      const { name } = path.metadata;
      const key = `${name}\n${digest}`;
      if (!this.#recorded.has(key)) {
        await this.#knex<PathVersionRow>('path_versions')
          .insert({
            name,
            digest,
            version: path.spec.version,
            definition: definitionOf(path),
            source,
            first_seen_at: now.toISOString(),
          })
          .onConflict(['name', 'digest'])
          .ignore();
        this.#recorded.add(key);
      }
    }
  }

  async find(
    name: string,
    digest: string,
  ): Promise<PathVersionRow | undefined> {
    return this.#knex<PathVersionRow>('path_versions')
      .where({ name, digest })
      .first();
  }

  /** All definitions of a path, newest first. */
  async list(name: string): Promise<PathVersionRow[]> {
    return this.#knex<PathVersionRow>('path_versions')
      .where({ name })
      .orderBy([
        { column: 'first_seen_at', order: 'desc' },
        { column: 'digest' },
      ]);
  }

  /** The definitions of some paths, without their text. */
  async keys(names: string[]): Promise<PathVersionKey[]> {
    return this.#knex<PathVersionRow>('path_versions')
      .whereIn('name', names)
      .select('name', 'digest', 'version');
  }
}
