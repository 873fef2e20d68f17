import { createBackendModule } from '@backstage/backend-plugin-api';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import {
  FactCollector,
  goldenPathCollectorExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { JsonObject } from '@backstage/types';
import Knex from 'knex';
import { FakeRepositories } from './__testUtils__/fakeRepositories';
import {
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

const pathFolder = createMockDirectory();
const pay = '/entities/component/default/pay';

let knex: Knex.Knex;
let catalog: FakeCatalog;
let repositories: FakeRepositories;
let service: Record<string, string>;

beforeEach(() => {
  knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  catalog = new FakeCatalog();
  catalog.set(serviceEntity('pay'), teamEntity, templateEntity);
  repositories = new FakeRepositories();
  const folder = templateFolder('1.0.0', 'hello');
  repositories.push(TEMPLATE_URL, folder);
  service = renderService({ folder, entityRef: TEMPLATE_REF, name: 'pay' });
  repositories.push(serviceUrl('pay'), service);
  pathFolder.setContent({ 'service.yaml': PATH_TEXT });
});

const start = (collectors: FactCollector[] = [], config?: JsonObject) =>
  startBackend({
    config,
    knex,
    catalog,
    repositories,
    paths: [pathFolder.path],
    features: [
      createBackendModule({
        pluginId: 'golden-path',
        moduleId: 'test',
        register(env) {
          env.registerInit({
            deps: { point: goldenPathCollectorExtensionPoint },
            async init({ point }) {
              collectors.forEach(collector => point.addCollector(collector));
            },
          });
        },
      }),
    ],
  });

const check = (body: any, id: string) =>
  body.scorecards[0].checks.find((result: any) => result.id === id);

const problem = (body: any, source: string) =>
  body.sources.find((entry: any) => entry.source === source).problem;

it('shows a path file that is not valid, and scores with the others', async () => {
  pathFolder.addContent({
    'broken.yaml': PATH_TEXT.replace('version: 1.0.0', 'version: newest'),
  });
  const { get, reconcile } = await start();
  await reconcile();
  const paths = (await get('/paths')).body;
  expect(paths.items).toMatchObject([
    { name: 'service', title: 'Production service', checks: 4, entities: 1 },
  ]);
  expect(paths.problems).toEqual([
    {
      file: pathFolder.resolve('broken.yaml'),
      message: expect.stringMatching(
        /broken\.yaml:6 spec\.version: .*semantic/,
      ),
    },
  ]);
  expect((await get('/paths/service')).body.path.metadata.name).toBe('service');
  const missing = await get('/paths/none');
  expect(missing.status).toBe(404);
  expect(missing.body.error.message).toBe("There is no golden path 'none'");
  expect((await get(`${pay}/scorecard`)).body.status).toBe('ok');
});

it('shows a check that breaks as an error of that check alone', async () => {
  const { get, reconcile } = await start();
  await reconcile();
  const { body } = await get(`${pay}/scorecard`);
  expect(check(body, 'BROKEN-01')).toMatchObject({
    verdict: 'error',
    credit: 0,
    message: expect.stringMatching(/divi/i),
  });
  expect(check(body, 'OWN-01').verdict).toBe('pass');
});

it('takes nothing new of a service file that is not valid, and leaves what was approved', async () => {
  const waivers = (...entries: string[]) => `waivers:${entries.join('')}`;
  const waiver = (id: string, expires: string) => `
  - check: ${id}
    reason: It is known and being mended
    owner: group:default/team
    expires: ${expires}
`;
  const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  repositories.push(serviceUrl('pay'), {
    ...service,
    'golden-path.yaml': waivers(waiver('BROKEN-01', soon)),
  });
  const { get, post, reconcile, settle } = await start([], {
    waivers: { approval: 'automatic' },
  });
  await reconcile();
  const valid = (await get(`${pay}/scorecard`)).body;
  expect(check(valid, 'BROKEN-01').verdict).toBe('waived');
  expect(problem(valid, 'repository')).toBeUndefined();

  repositories.push(serviceUrl('pay'), {
    ...service,
    'golden-path.yaml': waivers(
      waiver('OPS-01', soon),
      waiver('BROKEN-01', 'some day'),
    ),
  });
  await post(`${pay}/refresh`);
  await settle();
  const { body } = await get(`${pay}/scorecard`);
  expect(check(body, 'BROKEN-01').verdict).toBe('waived');
  expect(check(body, 'OPS-01').verdict).toBe('unknown');
  expect(problem(body, 'repository')).toMatch(
    /^golden-path\.yaml:10 waivers\.1\.expires/,
  );
});

it('shows a lock that is not valid with its line, and leaves other facts standing', async () => {
  repositories.push(serviceUrl('pay'), {
    ...service,
    '.golden-path.lock.yaml': 'schemaVersion: 1\nlayers: []\n',
  });
  const { get, reconcile } = await start();
  await reconcile();
  expect((await get(`${pay}/drift`)).body.report).toMatchObject({
    status: 'invalid-lock',
    reason: expect.stringMatching(/^\.golden-path\.lock\.yaml:2 layers/),
    layers: [],
  });
  const { body } = await get(`${pay}/scorecard`);
  expect(check(body, 'DRIFT-01').verdict).toBe('unknown');
  expect(problem(body, 'drift')).toMatch(/^\.golden-path\.lock\.yaml:2/);
  expect(check(body, 'OWN-01').verdict).toBe('pass');
});

it('keeps the last good fact while a repository cannot be read', async () => {
  const { get, post, reconcile, settle } = await start();
  await reconcile();
  repositories.break(
    serviceUrl('pay'),
    new Error('request to https://bot:s3cret@git.example.com/pay failed'),
  );
  await post(`${pay}/refresh`);
  await settle();
  const { body } = await get(`${pay}/scorecard`);
  expect(check(body, 'DRIFT-01').verdict).toBe('pass');
  expect(problem(body, 'repository')).toBe(
    'request to https://git.example.com/pay failed',
  );
  expect(
    body.sources.find((entry: any) => entry.source === 'repository').observedAt,
  ).toBeDefined();
});

it('knows nothing of a repository that is gone', async () => {
  const { get, post, reconcile, settle } = await start();
  await reconcile();
  repositories.break(
    serviceUrl('pay'),
    new NotFoundError('no such repository'),
  );
  await post(`${pay}/refresh`);
  await settle();
  const { body } = await get(`${pay}/scorecard`);
  expect(check(body, 'DRIFT-01').verdict).toBe('unknown');
  expect(problem(body, 'repository')).toBe('no such repository');
  expect((await get(`${pay}/drift`)).body.report).toMatchObject({
    status: 'unknown',
    reason: 'no such repository',
  });
  expect(check(body, 'OWN-01').verdict).toBe('pass');
});

it('does not read a folder of this machine for an entity that only claims it', async () => {
  const entity = serviceEntity('pay');
  entity.metadata.annotations = {
    'backstage.io/source-location': 'file:/etc/',
    'backstage.io/managed-by-location': 'file:/etc/catalog-info.yaml',
    'backstage.io/managed-by-origin-location': 'file:/etc/catalog-info.yaml',
  };
  catalog.set(entity);
  const { get, reconcile } = await start();
  await reconcile();
  const { body } = await get(`${pay}/scorecard`);
  expect(problem(body, 'repository')).toMatch(/only entities registered from/);
});

it('isolates the collectors of other modules', async () => {
  pathFolder.setContent({
    'service.yaml': PATH_TEXT.replaceAll(
      'facts: [health]',
      'facts: [pager]',
    ).replace('health.deploymentFrequency.n > 0', 'pager.onCall'),
  });
  const throws: FactCollector = {
    id: 'throws',
    ttl: { hours: 1 },
    collect: async () => {
      throw new Error('no network');
    },
  };
  const pager: FactCollector = {
    id: 'pager',
    ttl: { hours: 1 },
    collect: async () => ({ status: 'collected', data: { onCall: true } }),
  };
  const { get, reconcile } = await start([throws, pager]);
  await reconcile();
  const { body } = await get(`${pay}/scorecard`);
  expect(check(body, 'OPS-01').verdict).toBe('pass');
  expect(problem(body, 'throws')).toBe('no network');
});

it.each([
  [`${pay}/health?from=yesterday&to=2026-11-01`, /'from' must be an ISO 8601/],
  [`${pay}/events?limit=0`, /limit must be >= 1/],
  [`${pay}/events?cursor=nonsense`, /'cursor' is not one this backend gave/],
  ['/scorecards?limit=many', /limit must be integer/],
  ['/scorecards?colour=blue', /colour/],
])('refuses %s', async (path, message) => {
  const { get } = await start();
  const response = await get(path);
  expect(response.status).toBe(400);
  expect(response.body.error.message).toMatch(message);
});
