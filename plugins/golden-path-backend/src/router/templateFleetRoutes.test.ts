import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  DesirePath,
  Forecast,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathChangeHostExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
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
const NAMES = ['ann', 'bob', 'cleo'];
const NEXT_URL = 'https://git.example.com/templates/tree/next/node/';
const url = '/templates/default/node';
const lines = (...changed: [number, string][]) =>
  Array.from({ length: 9 }, (_, at) => `line ${at + 1}\n`)
    .map((line, at) => changed.find(([n]) => n === at + 1)?.[1] ?? line)
    .join('');
const folder = (version: string, app = lines()) => ({
  ...templateFolder(version, 'hello'),
  'skeleton/app.txt': `Made for \${{ values.owner }}\n${app}`,
});
const appOf = (app: string, owner = 'pay') => `Made for ${owner}\n${app}`;

/** What the template stamps into a service, with an app.txt of its own. */
function service(app: string): Record<string, string> {
  const { files } = stamp({
    template: templateOf(folder('1.0.0'), { url: TEMPLATE_URL }),
    entityRef: TEMPLATE_REF,
    values: { name: 'same', owner: 'pay' },
  });
  return { ...files, 'app.txt': app };
}

describe.each(databases.ids)('routes of a template on %s', id => {
  let knex: Knex;
  let repositories: FakeRepositories;
  let catalog: FakeCatalog;
  let host: FakeHost;
  let remotes: BareRepositories;
  let denied: Set<string>;
  let seesAll: boolean;

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(
      templateEntity,
      teamEntity,
      ...NAMES.map(name => serviceEntity(name)),
    );
    repositories = new FakeRepositories();
    repositories.push(TEMPLATE_URL, folder('1.0.0'));
    NAMES.forEach(name =>
      repositories.push(serviceUrl(name), service(appOf(lines()))),
    );
    remotes = await startBareRepositories();
    host = new FakeHost();
    host.repository = async ({ url: webUrl }) => ({
      remoteUrl: remotes.urlOf('templates'),
      baseBranch: 'main',
      folder: 'node',
      webUrl,
    });
    denied = new Set();
    seesAll = true;
  });
  afterEach(() => remotes.stop());

  async function start() {
    const backend = await startBackend({
      knex,
      catalog,
      repositories,
      paths: [pathFolder.path],
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.has(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async requests =>
          requests.map(() =>
            seesAll
              ? { result: AuthorizeResult.ALLOW }
              : {
                  result: AuthorizeResult.CONDITIONAL,
                  pluginId: 'catalog',
                  resourceType: 'catalog-entity',
                  conditions: {
                    rule: 'IS_ENTITY_OWNER',
                    resourceType: 'catalog-entity',
                  },
                },
          ),
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
    await backend.reconcile();
    return backend;
  }

  /** The three services with one app.txt, once the backend has read them. */
  async function startEdited(app: string) {
    NAMES.forEach(name => repositories.push(serviceUrl(name), service(app)));
    return start();
  }

  it('says which services have which version', async () => {
    const { get, reconcile } = await start();
    repositories.push(TEMPLATE_URL, folder('1.1.0', lines([2, 'two\n'])));
    await reconcile();
    const { status, body } = await get(`${url}/adoption`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      entityRef: TEMPLATE_REF,
      newestVersion: '1.1.0',
      versions: [
        { version: '1.1.0', current: true, republished: false, services: 0 },
        { version: '1.0.0', current: false, republished: false, services: 3 },
      ],
    });
    expect(body.items).toHaveLength(3);
    expect(body.items[0]).toMatchObject({
      entityRef: 'component:default/ann',
      layer: 'service',
      version: '1.0.0',
      upToDate: false,
      conflicts: 0,
    });
    seesAll = false;
    catalog.hidden.add('component:default/ann');
    const less = await get(`${url}/adoption`);
    expect(JSON.stringify(less.body)).not.toContain('component:default/ann');
    expect(less.body.versions[1]).toMatchObject({ services: 2 });
  });

  it('tries a version that is not published, and says what it would do', async () => {
    repositories.push(
      NEXT_URL,
      folder('2.0.0', lines([2, 'two\n'], [8, 'eight\n'])),
    );
    repositories.push(serviceUrl('bob'), service(appOf(lines([2, 'mine\n']))));
    repositories.push(
      serviceUrl('cleo'),
      service(appOf(lines([5, 'other\n']))),
    );
    const { get, post } = await start();
    const asked = await post(`${url}/forecasts`, { url: NEXT_URL });
    expect(asked.status).toBe(202);
    expect(asked.body).toMatchObject({ template: TEMPLATE_REF, total: 3 });
    const one = `/forecasts/${asked.body.id}`;
    const done = await finished(() => get(one));
    expect(done).toMatchObject({
      status: 'done',
      version: '2.0.0',
      url: NEXT_URL,
      done: 3,
      counts: { clean: 2, conflict: 1, unchanged: 0, unknown: 0 },
      worst: [{ path: 'app.txt', services: 1 }],
    });
    expect(
      done.items.find(({ outcome }) => outcome === 'conflict'),
    ).toMatchObject({
      entityRef: 'component:default/bob',
      conflicts: [{ path: 'app.txt', kind: 'content' }],
    });
    // It was tried, and not published
    expect((await get(`${url}/adoption`)).body.newestVersion).toBe('1.0.0');
    const list = await get(`${url}/forecasts`);
    expect(list.body.items).toMatchObject([{ id: asked.body.id, done: 3 }]);
    expect(list.body.items[0]).not.toHaveProperty('items');
    seesAll = false;
    catalog.hidden.add('component:default/bob');
    expect((await get(one)).body).toMatchObject({ total: 2, worst: [] });
    catalog.hidden.add(TEMPLATE_REF);
    expect((await get(one)).status).toBe(404);
  });

  it('says why a version cannot be tried', async () => {
    const { get, post } = await start();
    const asked = await post(`${url}/forecasts`, { url: NEXT_URL });
    const done = await finished(() => get(`/forecasts/${asked.body.id}`));
    expect(done.status).toBe('failed');
    expect(done.problem).toContain(NEXT_URL);
  });

  it('refuses what is wrong, not allowed or not there', async () => {
    const { get, post } = await start();
    expect((await get('/forecasts/none')).status).toBe(404);
    expect((await post(`${url}/forecasts`, { url: 'no url' })).status).toBe(
      400,
    );
    expect((await post(`${url}/forecasts`, { other: 1 })).status).toBe(400);
    expect((await post(`${url}/desire-paths/none/propose`)).status).toBe(404);
    const reads = ['adoption', 'forecasts', 'desire-paths'];
    const writes = ['forecasts', 'desire-paths/none/propose'];
    denied.add('golden-path.rollout.manage');
    for (const write of writes) {
      expect([write, (await post(`${url}/${write}`, {})).status]).toEqual([
        write,
        403,
      ]);
    }
    denied = new Set(['golden-path.scorecard.read']);
    for (const read of reads) {
      expect([read, (await get(`${url}/${read}`)).status]).toEqual([read, 403]);
    }
    expect((await get('/forecasts/none')).status).toBe(403);
    denied.clear();
    catalog.hidden.add(TEMPLATE_REF);
    for (const read of reads) {
      expect([read, (await get(`${url}/${read}`)).status]).toEqual([read, 404]);
    }
    for (const write of writes) {
      expect([write, (await post(`${url}/${write}`, {})).status]).toEqual([
        write,
        404,
      ]);
    }
    expect(await knex('forecasts')).toEqual([]);
  });

  it('lists an edit that three services share, and proposes it to the template once', async () => {
    remotes.create(
      'templates',
      Object.fromEntries(
        Object.entries(folder('1.0.0')).map(([path, text]) => [
          `node/${path}`,
          text,
        ]),
      ),
    );
    const { get, post } = await startEdited(appOf(lines([5, 'better\n'])));
    const { body } = await get(`${url}/desire-paths`);
    expect(body).toMatchObject({
      entityRef: TEMPLATE_REF,
      threshold: 3,
      noun: 'pull request',
      items: [
        {
          path: 'app.txt',
          services: NAMES.map(name => `component:default/${name}`),
          fit: 'applicable',
          source: { path: 'skeleton/app.txt' },
        },
      ],
    });
    const [edit]: DesirePath[] = body.items;
    expect(edit.source!.patch).toContain('-line 5\n+better\n');
    expect(edit).not.toHaveProperty('proposal');

    const propose = () => post(`${url}/desire-paths/${edit.id}/propose`);
    const first = await propose();
    expect(first.body).toMatchObject({
      id: edit.id,
      proposal: { url: `${TEMPLATE_URL}pull/1`, state: 'open' },
    });
    expect(first.status).toBe(201);
    const [branch] = remotes.branches('templates');
    const commit = remotes.git('templates', 'rev-parse', branch);
    expect((await propose()).body).toEqual(first.body);
    expect(remotes.branches('templates')).toEqual([branch]);
    expect(remotes.git('templates', 'rev-parse', branch)).toBe(commit);
    expect([...host.requests.keys()]).toEqual([`${TEMPLATE_URL}#${branch}`]);
    expect(remotes.changes('templates', branch)).toEqual([
      'M\tnode/skeleton/app.txt',
    ]);
    expect(
      remotes.git('templates', 'show', `${branch}:node/skeleton/app.txt`),
    ).toBe(folder('1.0.0', lines([5, 'better\n']))['skeleton/app.txt'].trim());

    host.setAll({ state: 'merged' });
    const merged = await get(`${url}/desire-paths`);
    expect(merged.body.items[0].proposal.state).toBe('merged');
  });

  it('shows an edit only while three services that the caller sees share it', async () => {
    const { get, post } = await startEdited(appOf(lines([5, 'better\n'])));
    const { body } = await get(`${url}/desire-paths`);
    const [{ id: editId }]: DesirePath[] = body.items;
    seesAll = false;
    catalog.hidden.add('component:default/cleo');
    expect((await get(`${url}/desire-paths`)).body.items).toEqual([]);
    const refused = await post(`${url}/desire-paths/${editId}/propose`);
    expect(refused.status).toBe(404);
    expect(host.opened).toEqual([]);
  });

  it('leaves to people what an expression of the template makes', async () => {
    const { get, post } = await startEdited(appOf(lines(), 'pay, with love'));
    const { body } = await get(`${url}/desire-paths`);
    expect(body.items).toMatchObject([
      {
        fit: 'by-hand',
        reason: expect.stringContaining(
          'Lines of skeleton/app.txt are made by expressions',
        ),
      },
    ]);
    expect(body.items[0]).not.toHaveProperty('source');
    const refused = await post(
      `${url}/desire-paths/${body.items[0].id}/propose`,
    );
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('cannot be proposed');
    expect(host.opened).toEqual([]);
  });
});

async function finished(
  read: () => Promise<{ body: Forecast }>,
): Promise<Forecast> {
  for (;;) {
    const { body } = await read();
    if (body.status !== 'running') {
      return body;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
