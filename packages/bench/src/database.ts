import fs from 'node:fs';
import path from 'node:path';
import knexFactory, { Knex } from 'knex';

export type DatabaseKind = 'SQLite' | 'PostgreSQL';

/** Where the databases of a run are. */
export interface DatabaseOptions {
  kind: DatabaseKind;
  /** Of this contender alone. */
  name: string;
  /** Folder of SQLite files. */
  folder: string;
  /** `postgres://…` of a server that may be written to. */
  postgresUrl: string;
}

/** Opens a database as Backstage does: knex with its default pool, a file with its default journal. */
export async function openDatabase(
  options: DatabaseOptions & { fresh?: boolean },
): Promise<Knex> {
  const { kind, name, folder, postgresUrl, fresh } = options;
  if (kind === 'SQLite') {
    const filename = path.join(folder, `${name}.sqlite`);
    if (fresh) {
      for (const suffix of ['', '-wal', '-shm', '-journal']) {
        fs.rmSync(`${filename}${suffix}`, { force: true });
      }
    }
    return knexFactory({
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
    });
  }
  const url = new URL(postgresUrl);
  if (fresh) {
    const admin = knexFactory({ client: 'pg', connection: url.toString() });
    await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
    await admin.raw('CREATE DATABASE ??', [name]);
    await admin.destroy();
  }
  url.pathname = `/${name}`;
  return knexFactory({ client: 'pg', connection: url.toString() });
}

/** Counts the statements a connection sends from now on. */
export function countStatements(knex: Knex): { count: number } {
  const counter = { count: 0 };
  knex.on('query', () => {
    counter.count += 1;
  });
  return counter;
}
