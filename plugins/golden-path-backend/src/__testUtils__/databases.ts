import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrate } from '../database/migrations';

/** The databases the stores are tested on; PostgreSQL when a connection string for it is in the environment. */
export function testDatabases() {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  return {
    ids: databases.eachSupportedId(),
    async open(
      id: ReturnType<typeof databases.eachSupportedId>[number][0],
    ): Promise<Knex> {
      const knex = await databases.init(id);
      await migrate(knex);
      return knex;
    },
  };
}
