import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import Knex from 'knex';
import { FakeRepositories } from './__testUtils__/fakeRepositories';
import {
  deployed,
  PATH_TEXT,
  serviceEntity,
  teamEntity,
} from './__testUtils__/fixtures';
import { FakeCatalog, startBackend } from './__testUtils__/startBackend';

jest.setTimeout(60_000);

const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
let catalog: FakeCatalog;

beforeEach(() => {
  catalog = new FakeCatalog();
  catalog.set(serviceEntity('pay'), serviceEntity('secret'), teamEntity);
});

/** Denies the named permissions; reading the catalog depends on the entity. */
function permissions(denied: string[]): PermissionsService {
  return mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission }) => ({
        result: denied.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async requests =>
      requests.map(() => ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: 'IS_ENTITY_OWNER',
          resourceType: 'catalog-entity',
          params: {},
        },
      })),
  });
}

const start = (denied: string[] = []) =>
  startBackend({
    knex: Knex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    }),
    catalog,
    repositories: new FakeRepositories(),
    paths: [pathFolder.path],
    permissions: permissions(denied),
  });

const entity = (name: string) => `/entities/component/default/${name}`;

it.each([
  ['golden-path.scorecard.read', 'get', `${entity('pay')}/scorecard`],
  ['golden-path.scorecard.read', 'get', `${entity('pay')}/history`],
  ['golden-path.scorecard.read', 'get', `${entity('pay')}/drift`],
  ['golden-path.scorecard.read', 'get', `${entity('pay')}/health`],
  ['golden-path.scorecard.read', 'get', '/scorecards'],
  ['golden-path.scorecard.read', 'get', '/paths'],
  ['golden-path.scorecard.read', 'get', '/paths/service'],
  ['golden-path.event.read', 'get', `${entity('pay')}/events`],
  ['golden-path.scorecard.refresh', 'post', `${entity('pay')}/refresh`],
  ['golden-path.event.create', 'post', '/events'],
] as const)('needs %s to %s %s', async (permission, method, path) => {
  const denied = await start([permission]);
  const call = (backend: typeof denied) =>
    method === 'get'
      ? backend.get(path)
      : backend.post(
          path,
          path === '/events' ? deployed('d', 'pay') : undefined,
        );
  const refused = await call(denied);
  expect(refused.status).toBe(403);
  expect(refused.body.error.message).toMatch(permission);
  const allowed = await call(await start());
  expect([200, 202]).toContain(allowed.status);
});

it('does not tell a hidden entity from one that is not there', async () => {
  catalog.hidden.add('component:default/secret');
  const { get, post, reconcile } = await start();
  await reconcile();
  for (const name of ['secret', 'none']) {
    for (const resource of [
      'scorecard',
      'history',
      'drift',
      'health',
      'events',
    ]) {
      const response = await get(`${entity(name)}/${resource}`);
      expect(response.status).toBe(404);
      expect(response.body.error.message).toBe(
        `There is no entity component:default/${name}`,
      );
    }
    expect((await post(`${entity(name)}/refresh`)).status).toBe(404);
  }
});

it('lists and counts only what the caller may see', async () => {
  catalog.set(serviceEntity('a'), serviceEntity('z'));
  catalog.hidden.add('component:default/secret');
  const { get, reconcile } = await start();
  await reconcile();
  const first = (await get('/scorecards?limit=2')).body;
  expect(first.totalItems).toBe(3);
  const second = (await get(`/scorecards?limit=2&cursor=${first.nextCursor}`))
    .body;
  expect(
    [...first.items, ...second.items].map((row: any) => row.entityRef),
  ).toEqual([
    'component:default/a',
    'component:default/pay',
    'component:default/z',
  ]);
  expect(second.nextCursor).toBeUndefined();
});

it('does not attach an event to an entity its sender may not see', async () => {
  catalog.hidden.add('component:default/secret');
  const { get, post } = await start();
  for (const event of [
    deployed('d1', 'secret'),
    deployed('d2', 'x', { entityRef: 'component:default/secret' }),
    deployed('d3', 'x', { entityRef: 'component:default/none' }),
  ]) {
    expect((await post('/events', event)).body).toEqual({
      accepted: 1,
      duplicates: 0,
      entityRefs: [],
      unattached: [
        { source: '/ci', id: event.context.id, reason: 'not-found' },
      ],
    });
  }
  catalog.hidden.clear();
  expect((await get(`${entity('secret')}/events`)).body.items).toEqual([]);
});

it('keeps an event for an entity that the catalog has not read yet', async () => {
  const { get, post } = await start();
  const event = deployed('d1', 'new', { entityRef: 'component:default/new' });
  expect((await post('/events', event)).body.entityRefs).toEqual([]);
  catalog.set(serviceEntity('new'));
  expect((await get(`${entity('new')}/events`)).body.items).toMatchObject([
    { id: 'd1' },
  ]);
});

it('queues an entity nobody has scored yet, and says that it is pending', async () => {
  const { get, settle } = await start();
  const path = `${entity('pay')}/scorecard`;
  expect((await get(path)).body).toEqual({
    entityRef: 'component:default/pay',
    status: 'pending',
    refreshing: true,
    scorecards: [],
    sources: [],
  });
  await settle();
  expect((await get(path)).body).toMatchObject({ status: 'ok' });
});
