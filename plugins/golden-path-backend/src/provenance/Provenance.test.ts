import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { UpdateRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathChangeHostExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { LOCK_FILE, parseLock } from '@goldenpath/engine';
import { Knex } from 'knex';
import {
  BareRepositories,
  startBareRepositories,
} from '../__testUtils__/bareRepositories';
import { testDatabases } from '../__testUtils__/databases';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import { FakeHost } from '../__testUtils__/fakeUpdates';
import {
  PATH_TEXT,
  serviceEntity,
  serviceUrl,
  teamEntity,
  TEMPLATE_REF,
  TEMPLATE_URL,
  templateEntity,
} from '../__testUtils__/fixtures';
import { stamp, templateOf } from '../__testUtils__/stampedService';
import { FakeCatalog, startBackend } from '../__testUtils__/startBackend';
import { templateFolder } from '../__testUtils__/templates';

jest.setTimeout(120_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const PAY = 'component:default/pay';
const url = '/entities/component/default/pay';
const folder = (version: string, greeting: string) => ({
  ...templateFolder(version, greeting),
  'skeleton/app.txt': '${{ values.name }} by ${{ values.owner }}\n',
  'skeleton/run.sh': 'echo ${{ values.name }}\n',
});
const { files: stamped } = stamp({
  template: templateOf(folder('1.0.0', 'hello'), { url: TEMPLATE_URL }),
  entityRef: TEMPLATE_REF,
  values: { name: 'pay', owner: 'team' },
});
const { [LOCK_FILE]: lockText, ...withoutLock } = stamped;
const edited = { ...withoutLock, 'app.txt': 'pay by team\nand more\n' };

/** As the scaffolder tells of the task that made the service. */
const creation = {
  id: 'task-1',
  spec: {
    parameters: { name: 'pay' },
    templateInfo: { entityRef: TEMPLATE_REF },
    steps: [
      {
        action: 'golden-path:fetch',
        input: { values: { name: '${{ parameters.name }}', owner: 'team' } },
      },
    ],
  },
};

describe.each(databases.ids)('services without a lock on %s', id => {
  let knex: Knex;
  let repositories: FakeRepositories;
  let catalog: FakeCatalog;
  let host: FakeHost;
  let remotes: BareRepositories;
  let tasks: (typeof creation)[];

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(templateEntity, teamEntity, serviceEntity('pay'));
    repositories = new FakeRepositories();
    repositories.push(TEMPLATE_URL, folder('1.0.0', 'hello'));
    repositories.push(serviceUrl('pay'), edited);
    remotes = await startBareRepositories();
    remotes.create('pay', edited);
    host = new FakeHost();
    host.repository = async ({ url: webUrl }) => ({
      remoteUrl: remotes.urlOf('pay'),
      baseBranch: 'main',
      folder: '',
      webUrl,
    });
    tasks = [creation];
  });
  afterEach(() => remotes.stop());

  async function start() {
    const backend = await startBackend({
      knex,
      catalog,
      repositories,
      paths: [pathFolder.path],
      config: { updates: { notifications: false } },
      features: [
        createServiceFactory({
          service: scaffolderServiceRef,
          deps: {},
          factory: () =>
            ({
              listTasks: async () => ({
                items: tasks,
                totalItems: tasks.length,
              }),
              getLogs: async () => [
                { type: 'completion', body: { output: { entityRef: PAY } } },
              ],
            } as any),
        }),
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
    await backend.reconcile();
    // The version the service was made from is no more the newest
    repositories.push(TEMPLATE_URL, folder('1.1.0', 'good day'));
    await backend.publish('local-git.push', {
      repository: 'templates',
      url: 'https://git.example.com/templates/',
      branch: 'main',
      before: null,
      after: 'b'.repeat(40),
    });
    return backend;
  }
  type Backend = Awaited<ReturnType<typeof start>>;

  /** Proposes the lock, and gives the update once it is carried out. */
  async function propose({ post, get }: Backend): Promise<UpdateRequest> {
    const asked = await post(`${url}/updates`, { provenance: true });
    expect(asked.status).toBe(202);
    for (;;) {
      const [update] = (await get(`${url}/updates`)).body.items;
      if (!['queued', 'working'].includes(update.state)) {
        return update;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  it.each(['scaffolder-task', 'closest-version'])(
    'recovers where one comes from by its %s, and proposes nothing but the lock',
    async via => {
      tasks = via === 'scaffolder-task' ? [creation] : [];
      const backend = await start();
      const { get, post, settle } = backend;
      const drift = async () => (await get(`${url}/drift`)).body.report;
      expect(await drift()).toMatchObject({ status: 'no-lock' });
      const { body } = await get(`${url}/plan`);
      expect(body).toMatchObject({
        status: 'no-lock',
        plans: [],
        recovered: { template: TEMPLATE_REF, version: '1.0.0', via },
      });

      const update = await propose(backend);
      expect(update).toMatchObject({
        state: 'open',
        from: null,
        to: '1.0.0',
        template: TEMPLATE_REF,
        url: `${serviceUrl('pay')}pull/1`,
      });
      const { branch } = update;
      expect(remotes.branches('pay')).toEqual([branch]);
      expect(remotes.changes('pay', branch)).toEqual([`A\t${LOCK_FILE}`]);

      const text = remotes.git('pay', 'show', `${branch}:${LOCK_FILE}`);
      repositories.push(serviceUrl('pay'), { ...edited, [LOCK_FILE]: text });
      await post(`${url}/refresh`);
      await settle();
      expect(await drift()).toMatchObject({
        status: 'ok',
        layers: [
          {
            template: { version: '1.0.0', newestVersion: '1.1.0' },
            counts: { edited: 1, outdated: 1, conflict: 0 },
          },
        ],
      });
      const [layer] = parseLock({ text, file: LOCK_FILE }).layers;
      expect(layer.render.values).toMatchObject({ name: 'pay', owner: 'team' });
    },
  );

  it('never replaces a lock, not even one that cannot be read', async () => {
    const { post } = await start();
    for (const text of [lockText, '[']) {
      repositories.push(serviceUrl('pay'), { ...edited, [LOCK_FILE]: text });
      const refused = await post(`${url}/updates`, { provenance: true });
      expect(refused.body.error.message).toContain(
        `has a ${LOCK_FILE} already`,
      );
      expect(refused.status).toBe(400);
    }
    expect(await knex('updates')).toEqual([]);
    expect(remotes.branches('pay')).toEqual([]);
  });

  it('names no template that the caller may not see', async () => {
    const { get, post } = await start();
    const open = await get(`${url}/plan`);
    expect(open.body.recovered.template).toBe(TEMPLATE_REF);
    catalog.hidden.add(TEMPLATE_REF);
    const { body } = await get(`${url}/plan`);
    expect(body).toMatchObject({ status: 'no-lock' });
    expect(JSON.stringify(body)).not.toContain(TEMPLATE_REF);
    expect((await post(`${url}/updates`, { provenance: true })).status).toBe(
      404,
    );
    expect(await knex('updates')).toEqual([]);
  });
});
