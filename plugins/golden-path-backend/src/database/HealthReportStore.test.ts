import {
  HealthResponse,
  healthResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { computeHealth } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { serviceEntity } from '../__testUtils__/fixtures';
import { seenEntity } from '../service/seenEntity';
import { EntityStore } from './EntityStore';
import { HealthReportStore } from './HealthReportStore';

jest.setTimeout(60_000);

const pay = 'component:default/pay';
const databases = testDatabases();
const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 10, minute));

function response(environment = 'production'): HealthResponse {
  return healthResponseSchema.parse(
    JSON.parse(
      JSON.stringify(
        computeHealth({
          events: [],
          entityRef: pay,
          environment,
          from: at(0),
          to: at(1),
          now: at(1),
        }),
      ),
    ),
  );
}

const stored = (minute: number, environment?: string) => ({
  response: response(environment),
  instrumented: { deployments: false, incidents: true },
  computedAt: at(minute).toISOString(),
  pool: `{"minute":${minute}}`,
});

describe.each(databases.ids)('HealthReportStore on %s', id => {
  let knex: Knex;
  let store: HealthReportStore;

  beforeAll(async () => {
    knex = await databases.open(id);
    await new EntityStore({ knex }).see({
      entities: [
        seenEntity(serviceEntity('pay', { owner: 'group:default/a' })),
      ],
      pathsDigest: 'p',
      seenAt: at(0),
      onChanges: async () => {},
    });
  });

  beforeEach(async () => {
    await knex('health_reports').delete();
    store = new HealthReportStore({ knex });
  });

  it('gives back what was kept, and never lets an older one win', async () => {
    expect(await store.read(pay, 'production')).toBeUndefined();
    await store.keep(pay, stored(5));
    await store.keep(pay, stored(4));
    const { pool, ...kept } = stored(5);
    expect(await store.read(pay, 'production')).toEqual(kept);
    await store.keep(pay, stored(6));
    expect(await store.read(pay, 'production')).toMatchObject({
      computedAt: at(6).toISOString(),
    });
  });

  it('has nothing where what was kept is of another version', async () => {
    await store.keep(pay, stored(5));
    await knex('health_reports').update({ response: '{"metrics":{}}' });
    expect(await store.read(pay, 'production')).toBeUndefined();
  });

  it('drops other environments, and everything of what is gone', async () => {
    await store.keep(pay, stored(5));
    await store.keep(pay, stored(5, 'staging'));
    await store.forgetOthers(pay, 'production');
    expect(await store.read(pay, 'staging')).toBeUndefined();
    expect(await store.read(pay, 'production')).toBeDefined();
    await store.forget([pay]);
    expect(await store.read(pay, 'production')).toBeUndefined();
  });

  it('hands over what roll-ups need, with owner', async () => {
    await store.keep(pay, stored(5));
    await store.keep('component:default/unseen', stored(5));
    const pools = [];
    for await (const batch of store.pools('production')) {
      pools.push(...batch);
    }
    expect(pools).toEqual([
      {
        entityRef: pay,
        owner: 'group:default/a',
        system: null,
        pool: '{"minute":5}',
      },
    ]);
  });
});
