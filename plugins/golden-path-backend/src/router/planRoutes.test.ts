import { createBackendModule } from '@backstage/backend-plugin-api';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  ChangeHost,
  goldenPathChangeHostExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { formatLock, UpdatePlan } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
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
import { stamp, templateOf } from '../__testUtils__/stampedService';
import { FakeCatalog, startBackend } from '../__testUtils__/startBackend';
import { templateFolder } from '../__testUtils__/templates';

jest.setTimeout(120_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const url = '/entities/component/default/pay';
const lines = (...changed: [number, string][]) =>
  Array.from({ length: 9 }, (_, at) => `line ${at + 1}\n`)
    .map((line, at) => changed.find(([n]) => n === at + 1)?.[1] ?? line)
    .join('');
const folder = (version: string, app: string) => ({
  ...templateFolder(version, 'hello'),
  'skeleton/app.txt': `\${{ values.name }}\n${app}`,
});
/** app.txt as a service has it. */
const ofPay = (app: string) => `pay\n${app}`;
const first = folder('1.0.0', lines());
const second = folder('1.1.0', lines([2, 'two\n'], [8, 'eight\n']));
const template = templateOf(first, { url: TEMPLATE_URL });
const { files: stamped, layer } = stamp({
  template,
  entityRef: TEMPLATE_REF,
  values: { name: 'pay' },
});

const host: ChangeHost = {
  id: 'fake',
  noun: 'pull request',
  knows: address => address.startsWith('https://git.example.com/'),
  repository: () => Promise.reject(new Error('not used')),
  open: () => Promise.reject(new Error('not used')),
  state: () => Promise.reject(new Error('not used')),
};

const hostModule = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'fake-host',
  register(env) {
    env.registerInit({
      deps: { hosts: goldenPathChangeHostExtensionPoint },
      async init({ hosts }) {
        hosts.addChangeHost(host);
      },
    });
  },
});

describe.each(databases.ids)('plans on %s', id => {
  let knex: Knex;
  let repositories: FakeRepositories;
  let catalog: FakeCatalog;

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(templateEntity, teamEntity, serviceEntity('pay'));
    repositories = new FakeRepositories();
    repositories.push(TEMPLATE_URL, first);
    repositories.push(serviceUrl('pay'), stamped);
  });

  const start = () =>
    startBackend({
      knex,
      catalog,
      repositories,
      paths: [pathFolder.path],
      features: [hostModule],
    });

  /** A service that edited app.txt, once the template is at 1.1.0. */
  async function edited(app: string, files: Record<string, string> = stamped) {
    const backend = await start();
    await backend.reconcile();
    repositories.push(serviceUrl('pay'), {
      ...files,
      'app.txt': ofPay(app),
    });
    repositories.push(TEMPLATE_URL, second);
    await backend.post(`${url}/refresh`);
    // What is being evaluated is not queued again by the scan
    await backend.settle();
    await backend.reconcile();
    return backend;
  }

  const appOf = (plan: UpdatePlan) =>
    plan.files.find(({ path }) => path === 'app.txt');

  it('says in drift what is in conflict, and how much a service has already', async () => {
    const { get } = await edited(lines([2, 'mine\n'], [8, 'eight\n']));
    const { body } = await get(`${url}/drift`);
    expect(body.report.layers[0]).toMatchObject({
      counts: { conflict: 1, 'edited+outdated': 0 },
      migrated: 0.5,
      plannedAt: expect.any(String),
    });
    const facts = await knex('facts').where({ source: 'drift' }).first();
    expect(JSON.parse(facts.data)).toMatchObject({ conflicts: 1, edited: 1 });
  });

  it('tells an edit elsewhere in the file from a conflict', async () => {
    const { get } = await edited(lines([5, 'mine\n']));
    const { body } = await get(`${url}/drift`);
    expect(body.report.layers[0].counts).toMatchObject({
      conflict: 0,
      'edited+outdated': 1,
    });
    const plan = await get(`${url}/plan`);
    expect(plan.body).toMatchObject({
      status: 'ok',
      noun: 'pull request',
      problems: {},
      plans: [{ layer: 'service', clean: true, empty: false }],
    });
    const app = appOf(plan.body.plans[0]);
    expect(app?.hunks.map(({ status }) => status)).toEqual([
      'applicable',
      'applicable',
    ]);
    expect(app?.patch).toContain('+two');
  });

  it('plans no merge for a service that edited nothing', async () => {
    const { reconcile, get } = await start();
    await reconcile();
    repositories.push(TEMPLATE_URL, second);
    await reconcile();
    const { body } = await get(`${url}/drift`);
    expect(body.report.layers[0].counts).toMatchObject({ outdated: 1 });
    expect(body.report.layers[0]).not.toHaveProperty('plannedAt');
    expect(await knex('plans')).toEqual([]);
  });

  it('answers from the kept plan while nothing changed, and plans again when something did', async () => {
    const { get, reconcile } = await edited(lines([2, 'mine\n']));
    const [before] = await knex('plans');
    expect(before).toMatchObject({ conflicts: 1, layer_id: 'service' });
    const reads = repositories.reads;
    const one = await get(`${url}/plan?layer=service`);
    expect(one.body.plans[0].conflicts).toEqual([
      { path: 'app.txt', kind: 'content' },
    ]);
    expect(await knex('plans')).toEqual([before]);
    expect(repositories.reads).toBe(reads);

    repositories.push(TEMPLATE_URL, folder('1.2.0', lines([5, 'five\n'])));
    await reconcile();
    const other = await get(`${url}/plan`);
    expect(other.body.plans[0]).toMatchObject({
      clean: true,
      template: { from: '1.0.0', to: '1.2.0' },
    });
    const [after] = await knex('plans');
    expect(after.key).not.toBe(before.key);
  });

  it('plans when asked for a service that drift needed no plan of', async () => {
    const { reconcile, get } = await start();
    await reconcile();
    repositories.push(TEMPLATE_URL, second);
    await reconcile();
    const { body } = await get(`${url}/plan`);
    expect(body.plans).toMatchObject([{ clean: true, empty: false }]);
    expect(await knex('plans')).toHaveLength(1);
  });

  it('merges with what was stamped when the old version is nowhere any more', async () => {
    const backend = await start();
    await backend.reconcile();
    await knex('template_versions').delete();
    repositories.push(serviceUrl('pay'), {
      ...stamped,
      'app.txt': ofPay(lines([5, 'mine\n'])),
    });
    repositories.push(TEMPLATE_URL, second);
    await backend.post(`${url}/refresh`);
    await backend.settle();
    await backend.reconcile();
    const { body } = await backend.get(`${url}/plan`);
    expect(body.plans[0]).toMatchObject({
      clean: true,
      base: { reproducible: true, missing: [] },
    });
  });

  it('never merges without a base, and says why there is none', async () => {
    const unknown = {
      ...layer,
      render: { ...layer.render, engine: 'nunjucks@3.2.4' },
      rendered: {
        ...layer.rendered,
        digest: `sha256:${'5'.repeat(64)}`,
        files: {
          ...layer.rendered.files,
          'app.txt': {
            ...layer.rendered.files['app.txt'],
            sha256: `sha256:${'6'.repeat(64)}`,
          },
        },
      },
    };
    const { get } = await edited(lines([5, 'mine\n']), {
      ...stamped,
      '.golden-path.lock.yaml': formatLock({
        schemaVersion: 1,
        layers: [unknown],
      }),
    });
    const { body } = await get(`${url}/plan`);
    expect(body.plans[0]).toMatchObject({
      clean: false,
      base: { reproducible: false, missing: ['app.txt'] },
      conflicts: [{ path: 'app.txt', kind: 'no-base' }],
    });
    expect(body.plans[0].notices.map(({ message }: any) => message)).toContain(
      'base not reproducible: nunjucks@3.2.4 / nunjitsu@0.6.1',
    );
  });

  it('keeps every version of every template of the catalog, also of one nothing was made from', async () => {
    catalog.remove('component:default/pay');
    const { reconcile } = await start();
    await reconcile();
    expect(await knex('template_versions')).toMatchObject([
      { template_ref: TEMPLATE_REF, version: '1.0.0', origin: 'catalog' },
    ]);
  });

  it('stays with what is known when a template loses its manifest', async () => {
    const { get, reconcile } = await edited(lines([5, 'mine\n']));
    repositories.push(TEMPLATE_URL, { 'template.yaml': 'kind: Template\n' });
    await reconcile();
    await reconcile();
    const { body } = await get(`${url}/plan`);
    expect(body).toMatchObject({ status: 'ok', plans: [] });
    expect(body.problems.service).toContain('no golden-path.template.yaml');
    expect(await knex('template_versions')).toHaveLength(2);
  });

  it('shows nothing of a template to whoever may not see it', async () => {
    const { get } = await edited(lines([2, 'mine\n']));
    catalog.hidden.add(TEMPLATE_REF);
    const { body } = await get(`${url}/plan`);
    expect(body.plans).toEqual([]);
    expect(body.problems.service).toContain('or you may not see it');
    expect(JSON.stringify(body)).not.toContain('eight');
    catalog.hidden.add('component:default/pay');
    expect((await get(`${url}/plan`)).status).toBe(404);
  });

  it('says what there is no plan of', async () => {
    const { get, reconcile } = await start();
    expect((await get(`${url}/plan?layer=other`)).status).toBe(404);
    repositories.push(serviceUrl('pay'), { 'app.txt': '' });
    expect((await get(`${url}/plan`)).body).toMatchObject({
      status: 'no-lock',
      reason: expect.stringContaining('no .golden-path.lock.yaml'),
    });
    repositories.push(serviceUrl('pay'), {
      '.golden-path.lock.yaml': formatLock({
        schemaVersion: 1,
        layers: [
          { ...layer, template: { ...layer.template, entityRef: 'no ref' } },
        ],
      }),
    });
    expect((await get(`${url}/plan`)).body).toMatchObject({
      status: 'ok',
      plans: [],
      problems: { service: expect.stringContaining('no entity no ref') },
    });
    repositories.push(serviceUrl('pay'), { '.golden-path.lock.yaml': '[' });
    expect((await get(`${url}/plan`)).body.status).toBe('invalid-lock');
    // No text that is stored may hold it
    repositories.push(serviceUrl('pay'), {
      '.golden-path.lock.yaml': stamped['.golden-path.lock.yaml'].replace(
        'version: 1.0.0',
        'version: "1.0.0\\0"',
      ),
    });
    await reconcile();
    expect((await get(`${url}/drift`)).body.report.status).toBe('invalid-lock');
    repositories.break(serviceUrl('pay'), new Error('The forge is down'));
    expect((await get(`${url}/plan`)).body).toMatchObject({
      status: 'unknown',
      reason: 'The forge is down',
    });
  });

  describe('without git', () => {
    const { PATH } = process.env;
    beforeEach(() => {
      process.env.PATH = pathFolder.path;
    });
    afterEach(() => {
      process.env.PATH = PATH;
    });

    it('compares digests only, and says what is missing', async () => {
      const { get } = await edited(lines([2, 'mine\n']));
      const { body } = await get(`${url}/plan`);
      expect(body).toMatchObject({ status: 'unknown', plans: [] });
      expect(body.reason).toContain('git 2.38 or newer is needed');
      const drift = await get(`${url}/drift`);
      expect(drift.body.report.layers[0]).toMatchObject({
        counts: { conflict: 0, 'edited+outdated': 1 },
        template: {
          newestVersion: '1.1.0',
          reason: expect.stringContaining('git 2.38 or newer is needed'),
        },
      });
    });
  });
});
