import { randomBytes } from 'node:crypto';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  FactCollector,
  goldenPathCollectorExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
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

describe.each(databases.ids)('at once and over time on %s', id => {
  let knex: Knex;
  let catalog: FakeCatalog;
  let repositories: FakeRepositories;

  const start = (collector?: FactCollector) =>
    startBackend({
      knex,
      catalog,
      repositories,
      paths: [pathFolder.path],
      features: collector && [withCollector(collector)],
    });

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(serviceEntity('pay'), teamEntity, templateEntity);
    repositories = new FakeRepositories();
  });

  it('keeps every event once, however many send it at the same time', async () => {
    const { post, get } = await start();
    const events = Array.from({ length: 50 }, (_, n) =>
      deployed(`d${n}`, 'pay'),
    );
    const replies = await Promise.all(
      [0, 1, 2, 3, 4, 5, 6, 7].map(n =>
        post('/events', n % 2 ? events : [...events].reverse()),
      ),
    );
    expect(replies.map(reply => reply.status)).toEqual(Array(8).fill(202));
    const sum = (key: string) =>
      replies.reduce((total, { body }) => total + body[key], 0);
    expect([sum('accepted'), sum('duplicates')]).toEqual([50, 350]);
    expect((await get(`${pay}/events?limit=200`)).body.items).toHaveLength(50);
  });

  it('scores with an event that came while the entity was evaluated', async () => {
    let release = () => {};
    let begin = () => {};
    const begun = new Promise<void>(resolve => {
      begin = resolve;
    });
    const { post, get, settle } = await start({
      id: 'slow',
      ttl: { hours: 1 },
      async collect() {
        begin();
        await new Promise<void>(resolve => {
          release = resolve;
        });
        return { status: 'collected', data: {} };
      },
    });
    await get(`${pay}/scorecard`);
    await begun;
    await post('/events', deployed('d1', 'pay'));
    release();
    await settle();
    const { checks } = (await get(`${pay}/scorecard`)).body.scorecards[0];
    expect(checks).toContainEqual(
      expect.objectContaining({ id: 'OPS-01', verdict: 'pass' }),
    );
  });

  it('shares the work of two replicas, and does none of it twice', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `s${n}`);
    catalog.set(...names.map(name => serviceEntity(name)));
    const asked: string[] = [];
    const counter: FactCollector = {
      id: 'counter',
      ttl: { hours: 1 },
      async collect({ entity }) {
        asked.push(stringifyEntityRef(entity));
        return { status: 'collected', data: {} };
      },
    };
    const one = await start(counter);
    const two = await start(counter);
    await one.reconcile();
    await two.settle();
    expect(asked).toHaveLength(41);
    expect(new Set(asked).size).toBe(41);
    expect((await two.get('/scorecards')).body.totalItems).toBe(41);
    await one.backend.stop();
    await two.backend.stop();
  });

  it('takes up a change of the entity that an event had evaluated before the scan', async () => {
    const { post, get, reconcile, settle } = await start();
    await reconcile();
    catalog.set(serviceEntity('pay', { etag: 'e2', owner: 'nobody' }));
    await post('/events', deployed('d1', 'pay'));
    await settle();
    await reconcile();
    const { checks } = (await get(`${pay}/scorecard`)).body.scorecards[0];
    expect(checks).toContainEqual(
      expect.objectContaining({ id: 'OWN-01', verdict: 'fail' }),
    );
  });

  it('compares with a changed template at the next scan', async () => {
    const folder = templateFolder('1.0.0', 'hello');
    repositories.push(TEMPLATE_URL, folder);
    repositories.push(
      serviceUrl('pay'),
      renderService({ folder, entityRef: TEMPLATE_REF, name: 'pay' }),
    );
    const { get, reconcile } = await start();
    const layer = async () => (await get(`${pay}/drift`)).body.report.layers[0];
    await reconcile();
    expect(await layer()).toMatchObject({ drifted: 0 });
    repositories.push(TEMPLATE_URL, templateFolder('1.1.0', 'good day'));
    await reconcile();
    expect(await layer()).toMatchObject({
      drifted: 1,
      template: { version: '1.0.0', newestVersion: '1.1.0' },
    });
  });

  it('scores the others when the text of one can hardly be kept', async () => {
    const folder = templateFolder('1.0.0', 'hello');
    repositories.push(TEMPLATE_URL, folder);
    for (const name of ['pay', 'odd']) {
      repositories.push(serviceUrl(name), {
        ...renderService({ folder, entityRef: TEMPLATE_REF, name }),
        ...(name === 'odd' && { 'golden-path.yaml': 'tier: "a\0b"\n' }),
      });
    }
    const long = serviceEntity('long');
    long.metadata.annotations = {
      'backstage.io/source-location': `url:${serviceUrl(
        randomBytes(5000).toString('hex'),
      )}`,
    };
    catalog.set(serviceEntity('odd'), long);
    const { get, reconcile } = await start();
    await reconcile();
    expect((await get('/scorecards')).body.totalItems).toBe(3);
    const odd = (await get('/entities/component/default/odd/scorecard')).body;
    const source = odd.sources.find((s: any) => s.source === 'repository');
    expect(source.observedAt).toBeDefined();
    expect(source.problem).toBeUndefined();
  });
});

function withCollector(collector: FactCollector) {
  return createBackendModule({
    pluginId: 'golden-path',
    moduleId: 'test',
    register(env) {
      env.registerInit({
        deps: { point: goldenPathCollectorExtensionPoint },
        async init({ point }) {
          point.addCollector(collector);
        },
      });
    },
  });
}
