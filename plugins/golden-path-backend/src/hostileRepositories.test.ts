import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { formatLock, UpdatePlan } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from './__testUtils__/databases';
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
import { stamp, templateOf } from './__testUtils__/stampedService';
import { FakeCatalog, startBackend } from './__testUtils__/startBackend';
import { templateFolder } from './__testUtils__/templates';

jest.setTimeout(180_000);

const databases = testDatabases();
const pathFolder = createMockDirectory({
  content: { 'service.yaml': PATH_TEXT },
});
const url = '/entities/component/default/pay';
const LOCK = '.golden-path.lock.yaml';
const LARGEST_REPLY = 6_000_000;

const folder = (version: string, files: Record<string, string>) => ({
  ...templateFolder(version, 'hello'),
  ...Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`skeleton/${name}`, text]),
  ),
});
const stampOf = (files: Record<string, string>, origin = {}) =>
  stamp({
    template: templateOf(folder('1.0.0', files), {
      url: TEMPLATE_URL,
      ...origin,
    }),
    entityRef: TEMPLATE_REF,
    values: { name: 'pay' },
  });

/** Lines that differ between two words everywhere. */
const linesOf = (word: string, bytes: number) =>
  Array.from(
    { length: Math.floor(bytes / 20) },
    (_, at) => `${`${word} ${at}`.padEnd(19)}\n`,
  ).join('');

/** Repositories of which the readings, and what else is asked for, are known. */
class WatchedRepositories extends FakeRepositories {
  onRead: (address: string) => void = () => {};
  /** Reads what is no repository of the tests. */
  real: UrlReaderService = UrlReaders.default({
    config: mockServices.rootConfig(),
    logger: mockServices.logger.mock(),
  });

  override urlReader(): UrlReaderService {
    const fake = super.urlReader();
    return {
      ...fake,
      readTree: async (address, options) => {
        if (!address.startsWith('https://git.example.com/')) {
          return this.real.readTree(address, options);
        }
        try {
          return await fake.readTree(address, options);
        } finally {
          this.onRead(address);
        }
      },
    };
  }
}

describe.each(databases.ids)('hostile repositories on %s', id => {
  let knex: Knex;
  let repositories: WatchedRepositories;
  let catalog: FakeCatalog;

  beforeEach(async () => {
    knex = await databases.open(id);
    catalog = new FakeCatalog();
    catalog.set(templateEntity, teamEntity, serviceEntity('pay'));
    repositories = new WatchedRepositories();
  });

  const start = (config = {}) =>
    startBackend({
      ...{ knex, catalog, repositories, config },
      paths: [pathFolder.path],
    });

  /** A service that was stamped with files and has others now; the template has moved on. */
  async function planOf(options: {
    stamped: Record<string, string>;
    ours: Record<string, string>;
    theirs: Record<string, string>;
  }) {
    const { stamped, ours, theirs } = options;
    repositories.push(TEMPLATE_URL, folder('1.0.0', stamped));
    repositories.push(serviceUrl('pay'), stampOf(stamped).files);
    const backend = await start();
    await backend.reconcile();
    repositories.push(TEMPLATE_URL, folder('1.1.0', theirs));
    repositories.push(serviceUrl('pay'), {
      ...stampOf(stamped).files,
      ...ours,
    });
    await backend.post(`${url}/refresh`);
    await backend.settle();
    await backend.reconcile();
    const reply = await backend.get(`${url}/plan`);
    expect(reply.status).toBe(200);
    expect(reply.text.length).toBeLessThan(LARGEST_REPLY);
    return { backend, plan: reply.body.plans[0] as UpdatePlan };
  }

  describe('that are too large', () => {
    it('are told by the number of their files, in evaluation, drift and plan', async () => {
      const { files } = stampOf({});
      const more = Array.from({ length: 101 }, (_, at) => [`many/${at}`, '']);
      repositories.push(TEMPLATE_URL, folder('1.0.0', {}));
      repositories.push(serviceUrl('pay'), {
        ...files,
        ...Object.fromEntries(more),
      });
      const { reconcile, get } = await start({ repository: { maxFiles: 100 } });
      await reconcile();
      const reason = expect.stringContaining(
        'more than 100 files; raise goldenPath.repository.maxFiles',
      );
      const drift = await get(`${url}/drift`);
      expect(drift.body.report).toMatchObject({ status: 'unknown', reason });
      const plan = await get(`${url}/plan`);
      expect(plan.body).toMatchObject({ status: 'unknown', reason, plans: [] });
    });

    it('are told by their bytes', async () => {
      repositories.push(TEMPLATE_URL, folder('1.0.0', {}));
      repositories.push(serviceUrl('pay'), {
        ...stampOf({}).files,
        large: 'x'.repeat(2_000_000),
      });
      const { get } = await start({ repository: { maxTotalBytes: 1_000_000 } });
      const plan = await get(`${url}/plan`);
      expect(plan.body).toMatchObject({
        status: 'unknown',
        reason: expect.stringContaining('more than 1000000 bytes'),
      });
    });
  });

  describe('that change much', () => {
    it('are planned where two texts have nothing in common', async () => {
      const { plan } = await planOf({
        stamped: { 'app.txt': linesOf('old', 900_000) },
        ours: { 'app.txt': linesOf('mine', 900_000) },
        theirs: { 'app.txt': linesOf('new', 900_000) },
      });
      expect(plan.conflicts).toEqual([{ path: 'app.txt', kind: 'content' }]);
    });

    it('are planned with thousands of files, and the reply leaves diffs out', async () => {
      const filesOf = (word: string) =>
        Object.fromEntries(
          Array.from({ length: 600 }, (_, at) => [
            `many/${at}.txt`,
            linesOf(`${word} ${at}`, 2_000),
          ]),
        );
      const { plan } = await planOf({
        stamped: filesOf('old'),
        ours: filesOf('mine'),
        theirs: filesOf('new'),
      });
      expect(plan.conflicts).toHaveLength(600);
      expect(plan.files.at(-1)?.reason).toContain('too much to be shown here');
    });

    it('are planned with a line that is longer than anybody reads', async () => {
      const line = 'var a=1;'.repeat(100_000);
      const { plan } = await planOf({
        stamped: { 'min.js': line },
        ours: { 'min.js': `${line}mine` },
        theirs: { 'min.js': `${line}new` },
      });
      expect(plan.conflicts).toEqual([{ path: 'min.js', kind: 'content' }]);
    });
  });

  it('are read again where they change between two readings', async () => {
    const stamped = { 'app.txt': 'one\n' };
    repositories.push(TEMPLATE_URL, folder('1.0.0', stamped));
    repositories.push(serviceUrl('pay'), stampOf(stamped).files);
    const { reconcile, post, settle, get } = await start();
    await reconcile();
    repositories.push(TEMPLATE_URL, folder('1.1.0', { 'app.txt': 'two\n' }));
    let readings = 0;
    const change = () => {
      readings += 1;
      repositories.push(serviceUrl('pay'), {
        ...stampOf(stamped).files,
        'app.txt': `mine ${readings}\n`,
      });
    };
    change();
    repositories.onRead = address => {
      if (address === serviceUrl('pay')) {
        change();
      }
    };
    const layerNow = async () => {
      await post(`${url}/refresh`);
      await settle();
      await reconcile();
      return (await get(`${url}/drift`)).body.report.layers[0];
    };
    const during = await layerNow();
    // Never a plan of another state than the one that was compared
    expect(
      during.counts.conflict === 1 ||
        /changed since it was read/.test(during.template.reason),
    ).toBe(true);
    expect(readings).toBeGreaterThan(1);
    repositories.onRead = () => {};
    expect((await layerNow()).counts).toMatchObject({ conflict: 1 });
  });

  describe('whose lock leads elsewhere', () => {
    let server: Server;
    let asked: string[];

    beforeEach(async () => {
      asked = [];
      server = createServer((request, response) => {
        asked.push(request.url ?? '');
        response.end('secret');
      });
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
    });

    afterEach(() => server.close());

    it.each([
      'file:///etc/x/y/tree/main/',
      'file:///etc',
      'http://169.254.169.254/latest/meta-data/tree/main/',
      'http://127.0.0.1:PORT/api/golden-path/tree/main/',
      'http://localhost:PORT/a/b/tree/main/',
      'http://127.0.0.1:PORT/a/b/_git/c',
      'http://127.0.0.1:PORT/projects/a/repos/b/browse',
      'ftp://127.0.0.1:PORT/a/b/tree/main/',
      'not an address',
    ])('nothing is fetched from %s', async address => {
      const { port } = server.address() as AddressInfo;
      const source = address.replace('PORT', String(port));
      const { files, layer } = stampOf({ 'app.txt': 'one\n' });
      const lock = {
        ...layer,
        template: {
          ...layer.template,
          inputDigest: `sha256:${'1'.repeat(64)}`,
          source: { type: 'git' as const, url: source, commit: 'a'.repeat(40) },
        },
      };
      repositories.push(TEMPLATE_URL, folder('1.1.0', { 'app.txt': 'two\n' }));
      repositories.push(serviceUrl('pay'), {
        ...files,
        'app.txt': 'mine\n',
        [LOCK]: formatLock({ schemaVersion: 1, layers: [lock] }),
      });
      const { get, reconcile } = await start();
      await reconcile();
      const { status, body, text } = await get(`${url}/plan`);
      expect(status).toBe(200);
      expect(body.plans[0].conflicts).toEqual([
        { path: 'app.txt', kind: 'no-base' },
      ]);
      expect(text).toContain('could not be read from where the lock says');
      expect(text).not.toContain('secret');
      expect(asked).toEqual([]);
    });
  });

  it('shows nothing of a template that a lock names and the reader may not see', async () => {
    const stamped = { 'app.txt': 'confidential\n' };
    repositories.push(TEMPLATE_URL, folder('1.0.0', stamped));
    const { layer } = stampOf(stamped);
    // A lock made by hand, of a service that never had the template's files
    repositories.push(serviceUrl('pay'), {
      'app.txt': 'mine\n',
      [LOCK]: formatLock({ schemaVersion: 1, layers: [layer] }),
    });
    catalog.hidden.add(TEMPLATE_REF);
    const { get, reconcile } = await start();
    await reconcile();
    repositories.push(TEMPLATE_URL, folder('1.1.0', { 'app.txt': 'secret\n' }));
    const plan = await get(`${url}/plan`);
    expect(plan.body).toMatchObject({
      plans: [],
      problems: { service: expect.stringContaining('you may not see it') },
    });
    const drift = await get(`${url}/drift`);
    for (const { text } of [plan, drift]) {
      expect(text).not.toMatch(/confidential|secret/);
    }
  });
});
