import { testDatabases } from '../__testUtils__/databases';

const { ids } = testDatabases();
const demanded = process.env.GOLDEN_PATH_REQUIRE_POSTGRES
  ? ['SQLITE_3', 'POSTGRES_15']
  : ['SQLITE_3'];

describe('the databases of the tests', () => {
  // Without its connection string PostgreSQL drops out silently and everything stays green
  it.each(demanded)('include %s', id => {
    expect(ids.flat()).toContain(id);
  });
});
