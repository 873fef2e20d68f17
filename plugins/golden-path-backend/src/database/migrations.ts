import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Folder of the migrations, which ship with the package. @internal */
export function migrationsDirectory(): string {
  return resolvePackagePath(
    '@goldenpath/backstage-plugin-golden-path-backend',
    'migrations',
  );
}

/** Brings a database to the newest schema. @internal */
export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: migrationsDirectory() });
}

/** The plugin's own database, at the newest schema unless the operator migrates it. @internal */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}
