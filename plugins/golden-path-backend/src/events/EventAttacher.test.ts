import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import Knex from 'knex';
import { deployed, serviceEntity } from '../__testUtils__/fixtures';
import { EntityStore } from '../database/EntityStore';
import { EventStore } from '../database/EventStore';
import { HintStore } from '../database/HintStore';
import { migrate } from '../database/migrations';
import { seenEntity } from '../service/seenEntity';
import { WorkQueue } from '../work/WorkQueue';
import { EventAttacher } from './EventAttacher';

const pay = 'component:default/pay';

async function setUp() {
  const knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrate(knex);
  const entity = serviceEntity('pay');
  const queue = new WorkQueue({ knex });
  const attacher = new EventAttacher({
    catalog: catalogServiceMock({ entities: [entity] }),
    auth: mockServices.auth(),
    hints: new HintStore({ knex }),
    queue,
  });
  await new EntityStore({ knex }).see({
    entities: [seenEntity(entity)],
    pathsDigest: 'p1',
    seenAt: new Date(),
    onChanges: async () => {},
  });
  const keep = (id: string, body: unknown) =>
    new EventStore({ knex }).append([
      {
        source: '/ci',
        id,
        entityRef: undefined,
        type: 'dev.cdevents.service.deployed.0.3.0',
        environment: 'production',
        at: new Date(),
        body,
        hints: [{ kind: 'name', value: 'pay' }],
      },
    ]);
  return { knex, queue, attacher, keep };
}

it('queues the entity of what it attached, which may have been evaluated before', async () => {
  const { knex, queue, attacher, keep } = await setUp();
  await keep('d1', deployed('d1', 'pay'));
  expect(await attacher.attach()).toBe(1);
  expect(await knex('events').select('entity_ref')).toEqual([
    { entity_ref: pay },
  ]);
  expect(await queue.claim({ limit: 2, leaseSeconds: 60 })).toMatchObject([
    { entityRef: pay, reasons: ['delivery-event'] },
  ]);
  expect(await attacher.attach()).toBe(0);
});

it('passes over an event that is refused by now, once', async () => {
  const { knex, attacher, keep } = await setUp();
  await keep('old', { not: 'an event' });
  await keep('d1', deployed('d1', 'pay'));
  expect(await attacher.attach()).toBe(1);
  expect(await knex('event_hints').select()).toEqual([]);
});

it('attaches more than it looks at in one step', async () => {
  const { attacher, keep } = await setUp();
  for (let n = 0; n < 250; n++) {
    await keep(`d${n}`, deployed(`d${n}`, 'pay'));
  }
  expect(await attacher.attach()).toBe(250);
});
