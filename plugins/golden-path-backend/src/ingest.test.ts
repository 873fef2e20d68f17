import { createMockDirectory } from '@backstage/backend-test-utils';
import Knex from 'knex';
import { FakeRepositories } from './__testUtils__/fakeRepositories';
import {
  deployed,
  PATH_TEXT,
  serviceEntity,
  serviceUrl,
} from './__testUtils__/fixtures';
import { FakeCatalog, startBackend } from './__testUtils__/startBackend';

jest.setTimeout(60_000);

const pay = '/entities/component/default/pay';
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
let catalog: FakeCatalog;

beforeEach(() => {
  catalog = new FakeCatalog();
  catalog.set(serviceEntity('pay'));
});

const start = () =>
  startBackend({
    knex: Knex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    }),
    catalog,
    repositories: new FakeRepositories(),
    paths: [pathFolder.path],
  });

it('refuses events it cannot take, naming event and field, and keeps none of the request', async () => {
  const { post, get } = await start();
  const unknownType = deployed('d2', 'pay', {
    type: 'dev.cdevents.service.exploded.0.1.0',
  });
  const one = await post('/events', unknownType);
  expect(one.status).toBe(400);
  expect(one.body.error.message).toMatch(
    /^context\.type: 'service\.exploded' is not a CDEvents type/,
  );
  const batch = await post('/events', [deployed('d1', 'pay'), unknownType]);
  expect(batch.status).toBe(400);
  expect(batch.body.error.message).toMatch(/^Event 1: context\.type/);
  expect((await get(`${pay}/events`)).body.items).toEqual([]);

  expect(
    (await post('/events', '{', 'application/json')).body.error,
  ).toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/is not JSON/),
  });
  const large = await post('/events', `"${'x'.repeat(1_000_001)}"`);
  expect(large.status).toBe(413);
  expect(large.body.error.message).toMatch(/larger than 1000000 bytes/);
  expect((await post('/events', 'a: b', 'text/yaml')).status).toBe(400);
});

it('refuses an event from the future, and takes one of a clock a little ahead', async () => {
  const { post, get } = await start();
  const ahead = (id: string, minutes: number) =>
    deployed(id, 'pay', { at: new Date(Date.now() + minutes * 60_000) });
  const refused = await post('/events', [
    deployed('d1', 'pay'),
    ahead('d2', 60),
  ]);
  expect(refused.status).toBe(400);
  expect(refused.body.error.message).toMatch(
    /^Event 1: context\.timestamp: .* is in the future, here it is .*; check the clock/,
  );
  expect((await get(`${pay}/events`)).body.items).toEqual([]);
  expect((await post('/events', ahead('d3', 5))).status).toBe(202);
});

it('names the line of what is not JSON, and refuses what is nested without end', async () => {
  const { post } = await start();
  const good = JSON.stringify(deployed('d1', 'pay'));
  const lines = await post('/events', `${good}\n\n{`, 'application/x-ndjson');
  expect(lines.status).toBe(400);
  expect(lines.body.error.message).toMatch(/^Line 3 is not JSON/);
  const deep = `{"specversion":"1.0","data":${'['.repeat(2e5)}${']'.repeat(
    2e5,
  )}}`;
  expect((await post('/events', deep)).status).toBe(400);
  expect(
    (await post('/events', good, 'application/cloudevents+json')).status,
  ).toBe(400);
});

it('refuses a NUL in an address or a cursor', async () => {
  const { get } = await start();
  expect((await get('/entities/component/default/a%00b/drift')).status).toBe(
    400,
  );
  const cursor = Buffer.from('{"at":"\\u0000","position":1}').toString(
    'base64url',
  );
  expect((await get(`${pay}/events?cursor=${cursor}`)).status).toBe(400);
});

it('does not take a pipeline that deploys nothing for a source of deployments', async () => {
  const { post, get } = await start();
  const built = deployed('b1', 'pay', {
    type: 'dev.cdevents.pipelinerun.finished.0.3.0',
  });
  const { environment, ...content } = built.subject.content as any;
  await post('/events', {
    ...built,
    subject: { ...built.subject, type: 'pipelineRun', content },
    customData: { goldenPath: { entityRef: 'pay' } },
  });
  const { metrics } = (await get(`${pay}/health`)).body;
  expect(metrics.deploymentFrequency.status).toBe('not-instrumented');
  await post('/events', deployed('d1', 'pay'));
  expect(
    (await get(`${pay}/health`)).body.metrics.deploymentFrequency,
  ).toMatchObject({ n: 1 });
});

it('takes events in every form', async () => {
  const { post, get } = await start();
  const lines = [deployed('l1', 'pay'), deployed('l2', 'pay')]
    .map(event => JSON.stringify(event))
    .join('\n');
  const envelope = (eventId: string) => ({
    specversion: '1.0',
    id: eventId,
    source: '/ci',
    type: 'dev.cdevents.service.deployed.0.3.0',
    data: deployed(eventId, 'pay'),
  });
  const replies = [
    await post('/events', lines, 'application/x-ndjson'),
    await post(
      '/events',
      JSON.stringify(envelope('s1')),
      'application/cloudevents+json',
    ),
    await post(
      '/events',
      JSON.stringify([envelope('b1'), envelope('b2')]),
      'application/cloudevents-batch+json',
    ),
  ];
  expect(replies.map(({ status, body }) => [status, body.accepted])).toEqual([
    [202, 2],
    [202, 1],
    [202, 2],
  ]);
  const first = (await get(`${pay}/events?limit=3`)).body;
  expect(first.items).toHaveLength(3);
  const rest = (await get(`${pay}/events?limit=3&cursor=${first.nextCursor}`))
    .body;
  expect(rest.items).toHaveLength(2);
  expect(rest.nextCursor).toBeUndefined();
  expect((await get(`${pay}/events?ids=l1,s1,none`)).body.items).toHaveLength(
    2,
  );
});

it('finds the entity by its repository when that is the only one there', async () => {
  const { post, reconcile } = await start();
  await reconcile();
  const merged = (id: string, repository: object) => ({
    context: {
      specversion: '0.5.1',
      id,
      source: '/forge',
      type: 'dev.cdevents.change.merged.0.2.0',
      timestamp: '2026-11-01T10:00:00Z',
    },
    subject: {
      id: 'c1',
      source: '/forge',
      type: 'change',
      content: { repository },
    },
  });
  const refs = async (event: object) =>
    (await post('/events', event)).body.entityRefs;
  const url = serviceUrl('pay').replace('/tree/main/', '');
  expect(await refs(merged('m1', { id: `${url}.git` }))).toEqual([
    'component:default/pay',
  ]);
  expect(
    await refs(merged('m2', { id: 'pay', source: 'https://git.example.com/' })),
  ).toEqual(['component:default/pay']);
  expect(await refs(merged('m3', { id: 'pay' }))).toEqual([]);

  const sibling = serviceEntity('pay-worker');
  sibling.metadata.annotations = serviceEntity('pay').metadata.annotations;
  catalog.set(sibling);
  await reconcile();
  expect(await refs(merged('m4', { id: url }))).toEqual([]);
});
