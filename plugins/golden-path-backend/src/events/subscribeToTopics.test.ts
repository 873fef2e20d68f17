import { mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import createKnex, { Knex } from 'knex';
import { createHmac } from 'node:crypto';
import { deployed, serviceEntity } from '../__testUtils__/fixtures';
import { migrate } from '../database/migrations';
import { deliveries } from '../webhooks/__testUtils__/deliveries';
import { ingestServer } from './__testUtils__/ingestServer';
import { subscribeToTopics } from './subscribeToTopics';

let knex: Knex;

beforeEach(async () => {
  knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrate(knex);
});

afterEach(() => knex.destroy());

async function start(
  config: Parameters<typeof ingestServer>[0]['config'] = {},
) {
  const server = await ingestServer({
    knex,
    entities: [serviceEntity('pay')],
    config,
  });
  await server.scan();
  const service = mockServices.events();
  await server.subscribe(service);
  const ids = () => knex('events').pluck('event_id');
  return { ...server, service, ids };
}

it('takes CDEvents and CloudEvents from the topic of its own, once', async () => {
  const { service, ids, audited } = await start();
  const envelope = {
    specversion: '1.0',
    id: 'c1',
    source: '/ci',
    type: 'dev.cdevents.service.deployed.0.3.0',
    data: deployed('c1', 'pay'),
  };
  for (const eventPayload of [
    deployed('b1', 'pay'),
    envelope,
    [deployed('b1', 'pay'), deployed('b2', 'pay')],
  ]) {
    await service.publish({ topic: 'golden-path.cdevents', eventPayload });
  }
  expect((await ids()).sort()).toEqual(['b1', 'b2', 'c1']);
  expect(await knex('events').distinct('entity_ref')).toEqual([
    { entity_ref: 'component:default/pay' },
  ]);
  expect(audited.success).toHaveBeenCalledTimes(3);
});

it('takes no topic that is not switched on', async () => {
  const { service, ids } = await start();
  const { body, headers } = deliveries.github;
  await service.publish({
    topic: 'github',
    eventPayload: JSON.parse(body),
    metadata: headers,
  });
  expect(await ids()).toEqual([]);
});

it('takes a message of GitHub once, whether it comes by topic or by webhook', async () => {
  const secret = 'github-secret';
  const { service, ids, post } = await start({
    events: { topics: ['github', 'golden-path-webhooks-pagerduty'] },
    webhooks: { github: { secrets: [{ secret }] } },
  });
  const { body, headers } = deliveries.github;
  await service.publish({
    topic: 'github',
    eventPayload: JSON.parse(body),
    metadata: {
      'X-GitHub-Event': headers['x-github-event'],
      'X-GitHub-Delivery': headers['x-github-delivery'],
    },
  });
  expect(await ids()).toHaveLength(1);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const reply = await post('/webhooks/github', body, {
    ...headers,
    'x-hub-signature-256': `sha256=${signature}`,
  });
  expect([reply.status, reply.body]).toEqual([
    202,
    expect.objectContaining({ accepted: 0, duplicates: 1 }),
  ]);
  await service.publish({
    topic: 'golden-path-webhooks-pagerduty',
    eventPayload: JSON.parse(deliveries.pagerduty.body),
  });
  expect(await ids()).toHaveLength(2);
});

it('tries again what the database refused, and not what is no event', async () => {
  const logger = mockServices.logger.mock();
  const take = jest.fn();
  const service = mockServices.events();
  await subscribeToTopics({
    events: service,
    ingest: { take },
    webhooks: { take: jest.fn() },
    auditor: mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    }),
    logger,
    topics: ['golden-path.cdevents'],
    senders: [],
    firstDelayMs: 1,
  });
  const publish = () =>
    service.publish({ topic: 'golden-path.cdevents', eventPayload: {} });
  take
    .mockRejectedValueOnce(new Error('connection lost'))
    .mockRejectedValueOnce(new Error('deadlock'))
    .mockResolvedValueOnce({ unattached: [] });
  await publish();
  expect(take).toHaveBeenCalledTimes(3);
  expect(logger.error).not.toHaveBeenCalled();

  take.mockReset().mockRejectedValue(new InputError('context.type: is wrong'));
  await publish();
  expect(take).toHaveBeenCalledTimes(1);
  expect(logger.error).toHaveBeenCalledWith(
    "An event of the topic 'golden-path.cdevents' is lost: context.type: is wrong",
  );
});

it('refuses a topic that nothing is known of', async () => {
  await expect(start({ events: { topics: ['kafka'] } })).rejects.toThrow(
    /^goldenPath.events.topics: 'kafka' is not a topic .*golden-path.webhooks.argocd/,
  );
});
