import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the migrations are, from source and from a published package. */
export function migrationsFolder(): string {
  return resolvePackagePath(
    '@goldenpath/backstage-plugin-local-git-backend',
    'migrations',
  );
}

/** The plugin's database with its tables, unless migrations are switched off. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsFolder() });
  }
  return knex;
}
