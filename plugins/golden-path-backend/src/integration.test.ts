import { createMockDirectory } from '@backstage/backend-test-utils';
import { GoldenPathClient } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { testDatabases } from './__testUtils__/databases';
import { FakeRepositories } from './__testUtils__/fakeRepositories';
import {
  deployed,
  PATH_TEXT,
  serviceEntity,
  serviceUrl,
  teamEntity,
  TEMPLATE_REF,
  TEMPLATE_URL,
  templateEntity,
} from './__testUtils__/fixtures';
import { FakeCatalog, startBackend } from './__testUtils__/startBackend';
import { renderService, templateFolder } from './__testUtils__/templates';

jest.setTimeout(60_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const pay = '/entities/component/default/pay';

describe.each(databases.ids)('golden-path on %s', id => {
  let knex: Knex;
  let catalog: FakeCatalog;
  let repositories: FakeRepositories;
  let service: Record<string, string>;

  const start = () =>
    startBackend({ knex, catalog, repositories, paths: [pathFolder.path] });

  const verdicts = (body: any): Record<string, string> =>
    Object.fromEntries(
      body.scorecards[0].checks.map((check: any) => [check.id, check.verdict]),
    );

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(serviceEntity('pay'), teamEntity, templateEntity);
    repositories = new FakeRepositories();
    const folder = templateFolder('1.0.0', 'hello');
    repositories.push(TEMPLATE_URL, folder);
    service = renderService({ folder, entityRef: TEMPLATE_REF, name: 'pay' });
    repositories.push(serviceUrl('pay'), service);
  });

  it('scores what the scan finds, and keeps what changes afterwards', async () => {
    const { get, reconcile, publish } = await start();
    await reconcile();
    const first = await get(`${pay}/scorecard`);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      entityRef: 'component:default/pay',
      status: 'ok',
      refreshing: false,
    });
    expect(verdicts(first.body)).toEqual({
      'OWN-01': 'pass',
      'DRIFT-01': 'pass',
      'OPS-01': 'unknown',
      'BROKEN-01': 'error',
    });
    expect((await get(`${pay}/drift`)).body).toMatchObject({
      status: 'ok',
      report: { status: 'ok', commit: expect.any(String) },
    });

    repositories.push(serviceUrl('pay'), { ...service, 'ci.yml': 'mine' });
    await publish('local-git.push', {
      repository: 'pay',
      url: 'https://git.example.com/pay',
      branch: 'main',
      before: null,
      after: null,
    });
    expect(verdicts((await get(`${pay}/scorecard`)).body)).toMatchObject({
      'DRIFT-01': 'fail',
    });
    const { items } = (await get(`${pay}/history`)).body;
    expect(items).toHaveLength(2);
    expect(items[0].changes).toEqual([
      { id: 'DRIFT-01', from: 'pass', to: 'fail' },
    ]);
  });

  it('hears of a push to an entity that was looked at before any scan', async () => {
    const { get, publish, settle } = await start();
    expect((await get(`${pay}/scorecard`)).body).toMatchObject({
      status: 'pending',
    });
    await settle();
    expect(verdicts((await get(`${pay}/scorecard`)).body)).toMatchObject({
      'DRIFT-01': 'pass',
    });
    repositories.push(serviceUrl('pay'), { ...service, 'ci.yml': 'mine' });
    await publish('local-git.push', {
      repository: 'pay',
      url: 'https://git.example.com/pay/',
      branch: 'main',
      before: null,
      after: null,
    });
    expect(verdicts((await get(`${pay}/scorecard`)).body)).toMatchObject({
      'DRIFT-01': 'fail',
    });
  });

  it('takes a delivery event once, scores with it and shows it', async () => {
    const { get, post, reconcile, settle } = await start();
    await reconcile();
    const event = deployed('d1', 'pay');
    const accepted = await post('/events', event);
    expect(accepted.status).toBe(202);
    expect(accepted.body).toEqual({
      accepted: 1,
      duplicates: 0,
      entityRefs: ['component:default/pay'],
      unattached: [],
    });
    expect((await post('/events', [event])).body).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    await settle();
    expect(verdicts((await get(`${pay}/scorecard`)).body)).toMatchObject({
      'OPS-01': 'pass',
    });
    expect((await get(`${pay}/events`)).body.items).toMatchObject([
      {
        id: 'd1',
        title: 'Deployment of pkg:oci/pay@1 in production',
        body: event,
      },
    ]);
    const health = (await get(`${pay}/health`)).body;
    expect(health).toMatchObject({
      entityRef: 'component:default/pay',
      environment: 'production',
      metrics: { deploymentFrequency: { n: 1, evidence: ['d1'] } },
    });
    expect(health.metrics.timeToRestore.status).toBe('not-instrumented');
  });

  it('has everything after a restart, and finishes what was queued', async () => {
    const before = await start();
    await before.reconcile();
    await before.post('/events', deployed('d1', 'pay'));
    await before.settle();
    const scorecard = (await before.get(`${pay}/scorecard`)).body;
    await before.backend.stop();
    await knex('work').insert({
      entity_ref: 'component:default/pay',
      due_at: new Date(0).toISOString(),
      reasons: 'refresh',
      version: 1,
      attempts: 0,
    });

    const { get, settle } = await start();
    await settle();
    const restarted = (await get(`${pay}/scorecard`)).body;
    expect(verdicts(restarted)).toEqual(verdicts(scorecard));
    expect((await get(`${pay}/events`)).body.items).toHaveLength(1);
    expect((await get(`${pay}/history`)).body.items).toHaveLength(2);
    expect((await get('/scorecards')).body).toMatchObject({ totalItems: 1 });
  });

  it('reads a repository once per commit', async () => {
    const { post, reconcile, settle } = await start();
    await reconcile();
    const { reads } = repositories;
    await post(`${pay}/refresh`);
    await settle();
    expect(repositories.reads).toBe(reads);
  });

  it('pages through the fleet', async () => {
    catalog.set(serviceEntity('a'), serviceEntity('b'), serviceEntity('c'));
    const { get, reconcile } = await start();
    await reconcile();
    const first = (await get('/scorecards?path=service&limit=3')).body;
    expect(first.totalItems).toBe(4);
    expect(first.items.map((row: any) => row.entityRef)).toEqual([
      'component:default/a',
      'component:default/b',
      'component:default/c',
    ]);
    const second = (
      await get(`/scorecards?path=service&limit=3&cursor=${first.nextCursor}`)
    ).body;
    expect(second.items).toMatchObject([
      {
        entityRef: 'component:default/pay',
        path: 'service',
        owner: 'group:default/team',
      },
    ]);
    expect(second.nextCursor).toBeUndefined();
    expect((await get('/scorecards?path=none')).body).toEqual({
      items: [],
      totalItems: 0,
    });
  });

  it('forgets what left the catalog or is covered no more', async () => {
    catalog.set(serviceEntity('gone'));
    const { get, reconcile } = await start();
    await reconcile();
    catalog.remove('component:default/gone');
    catalog.set(serviceEntity('pay', { type: 'library', etag: 'e2' }));
    await reconcile();
    expect((await get('/scorecards')).body.items).toEqual([]);
    expect(
      (await get('/entities/component/default/gone/scorecard')).status,
    ).toBe(404);
    expect((await get(`${pay}/scorecard`)).body).toMatchObject({
      status: 'not-applicable',
      scorecards: [],
    });
    expect(await knex('work').select()).toEqual([]);
  });

  it('keeps the contract that its client checks', async () => {
    const { backend, post, reconcile, settle } = await start();
    await reconcile();
    await post('/events', deployed('d1', 'pay'));
    await settle();
    const client = new GoldenPathClient({
      fetchApi: { fetch },
      discoveryApi: {
        getBaseUrl: async plugin =>
          `http://127.0.0.1:${backend.server.port()}/api/${plugin}`,
      },
    });
    const ref = 'component:default/pay';
    expect((await client.getScorecard(ref)).scorecards).toHaveLength(1);
    expect((await client.getHistory(ref)).items).toHaveLength(2);
    expect((await client.getDrift(ref)).report?.layers).toHaveLength(1);
    expect(
      (await client.getEvents(ref, { ids: ['d1', 'x'] })).items,
    ).toHaveLength(1);
    expect((await client.refresh(ref)).status).toBe('queued');
    expect((await client.getPaths()).items).toHaveLength(1);
    expect((await client.getPath('service')).path.kind).toBe('GoldenPath');
    expect((await client.getScorecards({ limit: 1 })).items).toHaveLength(1);
    const window = { from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' };
    const health = await client.getHealth(ref, window);
    expect(health.window.from).toBe('2026-11-01T00:00:00.000Z');
    await settle();
  });

  it('scans when a scaffolder task is completed', async () => {
    const { get, publish } = await start();
    await publish('scaffolder.task', { id: 't', status: 'processing' });
    expect((await get('/scorecards')).body.totalItems).toBe(0);
    await publish('scaffolder.task', { id: 't', status: 'completed' });
    expect((await get('/scorecards')).body.totalItems).toBe(1);
  });
});
