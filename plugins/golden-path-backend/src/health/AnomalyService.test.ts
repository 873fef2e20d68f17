import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Anomaly, AnomalyGroup, parseDeliveryEvent } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { deployed, serviceEntity } from '../__testUtils__/fixtures';
import { AnomalyStore } from '../database/AnomalyStore';
import { HealthReader } from '../service/HealthReader';
import { AnomalyService } from './AnomalyService';

jest.setTimeout(60_000);

const pay = 'component:default/pay';
const cart = 'component:default/cart';
const now = new Date('2026-11-21T12:00:00Z');
const databases = testDatabases();

const anomaly = (id: string, at: string): Anomaly => ({
  id,
  metric: 'changeFailRate',
  method: 'binomial-tail',
  at,
  direction: 'higher',
  worse: true,
  observed: 0.5,
  expected: 0.1,
  unit: 'ratio',
  n: 12,
  message: `Fails rose (${id})`,
  evidence: [],
});

const dependent: Entity = {
  ...serviceEntity('cart'),
  relations: [{ type: 'dependsOn', targetRef: pay }],
};

describe.each(databases.ids)('AnomalyService on %s', id => {
  let knex: Knex;
  let anomalies: AnomalyStore;
  let told: AnomalyGroup[];
  let failure: Error | undefined;
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    await knex('anomalies').delete();
    anomalies = new AnomalyStore({ knex });
    told = [];
    failure = undefined;
    for (const [entityRef, found] of [
      [pay, anomaly('first', '2026-11-20T00:00:00.000Z')],
      [cart, anomaly('second', '2026-11-20T02:00:00.000Z')],
    ] as const) {
      await anomalies.replace({
        entityRef,
        environment: 'production',
        found: [found],
        now,
      });
    }
  });

  const service = () =>
    new AnomalyService({
      anomalies,
      reader: {
        load: async ({ entityRef, ...request }) => ({
          options: {
            ...request,
            entityRef,
            environment: 'production',
            from: request.from!,
            to: request.to!,
            events:
              entityRef === pay
                ? [
                    parseDeliveryEvent(
                      deployed('bad', 'pay', {
                        at: new Date('2026-11-19T23:00:00Z'),
                      }),
                    ),
                  ]
                : [],
          },
          instrumented: { deployments: true, incidents: true },
          environments: ['production'],
        }),
      } as Pick<HealthReader, 'load'> as HealthReader,
      catalog: catalogServiceMock({
        entities: [serviceEntity('pay'), dependent],
      }),
      auth: mockServices.auth(),
      logger,
      attributionWindowHours: 24,
      notifier: {
        anomalies: async group => {
          if (failure) {
            throw failure;
          }
          told.push(group);
        },
      },
      refresh: async () => {},
      now: () => now,
    });

  it('makes one notification of what lies along a dependency, with the probable change, and only once', async () => {
    await service().tell();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      entityRef: pay,
      entityRefs: [pay, cart],
      cause: { entityRef: pay, deploymentId: 'bad' },
    });
    expect(told[0].signals.map(signal => signal.anomaly.id)).toEqual([
      'first',
      'second',
    ]);
    await service().tell();
    expect(told).toHaveLength(1);
  });

  it('tells again the next time what could not be told', async () => {
    failure = new Error('no catalog');
    await service().tell();
    failure = undefined;
    await service().tell();
    expect(told).toHaveLength(1);
  });
});
