import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { goldenPathChangeHostExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { FakeHost } from '../__testUtils__/fakeUpdates';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import {
  PATH_TEXT,
  serviceEntity,
  serviceUrl,
  teamEntity,
  TEMPLATE_REF,
  TEMPLATE_URL,
  templateEntity,
} from '../__testUtils__/fixtures';
import { FakeCatalog, startBackend } from '../__testUtils__/startBackend';
import { renderService, templateFolder } from '../__testUtils__/templates';

jest.setTimeout(120_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const updates = '/entities/component/default/pay/updates';
const rollouts = '/templates/default/node/rollouts';

describe.each(databases.ids)('update and roll-out routes on %s', id => {
  let knex: Knex;
  let catalog: FakeCatalog;
  let repositories: FakeRepositories;
  let host: FakeHost;
  let denied: Set<string>;

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(serviceEntity('pay'), teamEntity, templateEntity);
    repositories = new FakeRepositories();
    repositories.push(TEMPLATE_URL, templateFolder('1.1.0', 'good day'));
    repositories.push(
      serviceUrl('pay'),
      renderService({
        folder: templateFolder('1.0.0', 'hello'),
        entityRef: TEMPLATE_REF,
        name: 'pay',
      }),
    );
    host = new FakeHost();
    // No branch is pushed anywhere
    host.repository = async () => {
      throw new NotAllowedError('The token may not push here');
    };
    denied = new Set();
  });

  const start = () =>
    startBackend({
      knex,
      catalog,
      repositories,
      paths: [pathFolder.path],
      config: { updates: { notifications: false } },
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.has(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      }),
      features: [
        createBackendModule({
          pluginId: 'golden-path',
          moduleId: 'test-host',
          register(env) {
            env.registerInit({
              deps: { hosts: goldenPathChangeHostExtensionPoint },
              async init({ hosts }) {
                hosts.addChangeHost(host);
              },
            });
          },
        }),
      ],
    });
  const until = async <T>(
    read: () => Promise<T>,
    isSo: (value: T) => boolean,
  ) => {
    for (;;) {
      const value = await read();
      if (isSo(value)) {
        return value;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };

  it('takes an update, and shows what came of it', async () => {
    const { post, get } = await start();
    const asked = await post(updates, {});
    expect(asked.body).toMatchObject({
      entityRef: 'component:default/pay',
      layer: 'service',
      template: TEMPLATE_REF,
      from: '1.0.0',
      to: '1.1.0',
      noun: 'pull request',
    });
    expect(asked.status).toBe(202);
    const failed = await until(
      async () => (await get(updates)).body.items[0],
      update => update.state === 'failed',
    );
    expect(failed).toMatchObject({
      id: asked.body.id,
      problem: 'The token may not push here',
    });
  });

  it('refuses what is wrong, and what is not allowed', async () => {
    const { post, get } = await start();
    expect((await post(updates, { planDigest: 'old' })).status).toBe(409);
    expect((await post(updates, { decisions: { a: 1 } })).status).toBe(400);
    expect((await post(updates, { other: true })).status).toBe(400);
    expect((await post(updates, '{', 'application/json')).status).toBe(400);
    expect((await post(updates, { layer: 'none' })).status).toBe(404);
    expect((await get('/entities/component/default/x/updates')).status).toBe(
      404,
    );
    catalog.hidden.add('component:default/pay');
    expect((await post(updates, {})).status).toBe(404);
    catalog.hidden.clear();
    denied.add('golden-path.update.create');
    expect((await post(updates, {})).status).toBe(403);
    expect((await get(updates)).status).toBe(200);
    expect(await knex('updates').select()).toEqual([]);
  });

  it('starts, shows and steers a roll-out', async () => {
    const { post, get, reconcile } = await start();
    await reconcile();
    const body = { idempotencyKey: 'k', waves: 'all' };
    const started = await post(rollouts, body);
    expect(started.body).toMatchObject({
      template: TEMPLATE_REF,
      version: '1.1.0',
      waves: [{ name: 'All services', services: 1 }],
    });
    expect(started.status).toBe(202);
    const one = `/rollouts/${started.body.id}`;
    expect((await post(rollouts, body)).body.id).toBe(started.body.id);
    expect((await get(rollouts)).body.items).toHaveLength(1);
    await until(
      async () => (await get(one)).body,
      ({ status }) => status === 'done',
    );
    expect((await get(one)).body.items).toMatchObject([
      { state: 'failed', update: { problem: 'The token may not push here' } },
    ]);
    expect((await post(`${one}/pause`, {})).status).toBe(409);
  });

  it('refuses a roll-out that is wrong, not allowed or not there', async () => {
    const { post, get, reconcile } = await start();
    expect(
      (await post(rollouts, { idempotencyKey: 'k' })).body.error.message,
    ).toContain('up to date');
    await reconcile();
    expect((await post(rollouts, {})).status).toBe(400);
    expect(
      (await post(rollouts, { idempotencyKey: 'k', waves: 'none' })).status,
    ).toBe(400);
    const nul = await post(rollouts, { idempotencyKey: 'k\0' });
    expect(nul.body.error.message).toContain('NUL');
    expect(nul.status).toBe(400);
    expect((await post('/rollouts/x/pause', { reason: '\0' })).status).toBe(
      400,
    );
    expect((await get('/rollouts/none')).status).toBe(404);
    expect((await post('/rollouts/none/pause', {})).status).toBe(404);
    expect((await post('/rollouts/none/stop', {})).status).toBe(400);
    denied.add('golden-path.rollout.manage');
    expect((await post(rollouts, { idempotencyKey: 'k' })).status).toBe(403);
    expect((await post('/rollouts/none/pause')).status).toBe(403);
    expect(await knex('rollouts').select()).toEqual([]);
  });
});
