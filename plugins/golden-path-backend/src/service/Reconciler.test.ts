import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import Knex from 'knex';
import { serviceEntity, teamEntity } from '../__testUtils__/fixtures';
import { DriftTemplateStore } from '../database/DriftTemplateStore';
import { EntityStore } from '../database/EntityStore';
import { EvaluationStore } from '../database/EvaluationStore';
import { FactDayStore } from '../database/FactDayStore';
import { FactStore } from '../database/FactStore';
import { HierarchyStore } from '../database/HierarchyStore';
import { HintStore } from '../database/HintStore';
import { migrate } from '../database/migrations';
import { TemplateReader } from '../drift/TemplateReader';
import { TemplateWatch } from '../drift/TemplateWatch';
import { EventAttacher } from '../events/EventAttacher';
import { LoadedPath } from '../paths/loadPaths';
import { PathRegistry } from '../paths/PathRegistry';
import { WorkQueue } from '../work/WorkQueue';
import { Reconciler } from './Reconciler';

const pay = 'component:default/pay';
const shop = 'component:default/shop';

/** The paths in force, as far as a scan looks at them. */
function paths(name: string) {
  return [
    {
      path: { metadata: { name }, spec: { appliesTo: { kind: 'Component' } } },
    },
  ] as unknown as LoadedPath[];
}

async function setUp() {
  const knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrate(knex);
  let now = new Date('2026-11-21T10:00:00Z');
  let pages = [[serviceEntity('pay')], [serviceEntity('shop')]];
  let failure: Error | undefined;
  const catalog = catalogServiceMock.mock({
    async *streamEntities() {
      for (const page of pages) {
        yield page;
        if (failure) {
          throw failure;
        }
      }
    },
  });
  const registry = {
    current: jest.fn(() => ({
      kinds: new Set(['component']) as Set<string> | undefined,
      paths: paths('p1'),
    })),
    reload: async () => {},
  };
  const queue = new WorkQueue({ knex, now: () => now });
  const refresh = jest.fn(
    async (_ref: string): Promise<unknown> => ({
      status: 'read',
      template: { digest: 't1' },
    }),
  );
  const reconciler = new Reconciler({
    catalog,
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    paths: registry as unknown as PathRegistry,
    entities: new EntityStore({ knex }),
    facts: new FactStore({ knex }),
    factDays: new FactDayStore({ knex }),
    hierarchy: new HierarchyStore({ knex }),
    historyDays: 90,
    queue,
    attacher: new EventAttacher({
      catalog,
      auth: mockServices.auth(),
      hints: new HintStore({ knex }),
      queue,
    }),
    templates: new TemplateWatch({
      templates: { refresh } as unknown as TemplateReader,
      compared: new DriftTemplateStore({ knex }),
      catalogTemplates: { due: async () => [] },
      versions: { register: async () => {}, templatesAt: async () => [] },
      queue,
      logger: mockServices.logger.mock(),
    }),
    now: () => now,
  });
  return {
    catalog,
    paths: registry,
    knex,
    refresh,
    set(next: typeof pages) {
      pages = next;
    },
    fail(error: Error | undefined) {
      failure = error;
    },
    /** Scans a minute later, and returns what that queued. */
    async scan() {
      now = new Date(now.getTime() + 60_000);
      await reconciler.reconcile();
      const queued = await queue.claim({ limit: 100, leaseSeconds: 60 });
      await Promise.all(queued.map(work => queue.complete(work)));
      return Object.fromEntries(
        queued.map(work => [work.entityRef, work.reasons]),
      );
    },
  };
}

it('queues an entity when it is new and when it changed, and not otherwise', async () => {
  const { scan, set, catalog } = await setUp();
  expect(await scan()).toEqual({
    [pay]: ['entity-changed'],
    [shop]: ['entity-changed'],
  });
  expect(await scan()).toEqual({});
  set([[serviceEntity('pay', { etag: 'e2' }), serviceEntity('shop')]]);
  expect(await scan()).toEqual({ [pay]: ['entity-changed'] });
  expect(catalog.streamEntities).toHaveBeenCalledWith(
    expect.objectContaining({ filter: { kind: ['component'] } }),
    expect.anything(),
  );
});

it('queues everything once when the paths change', async () => {
  const { scan, paths: registry } = await setUp();
  await scan();
  registry.current.mockReturnValue({ kinds: undefined, paths: paths('p2') });
  expect(await scan()).toEqual({
    [pay]: ['paths-changed'],
    [shop]: ['paths-changed'],
  });
  expect(await scan()).toEqual({});
});

it('queues what is gone once, and only after a complete scan', async () => {
  const { scan, set, fail } = await setUp();
  await scan();
  fail(new Error('catalog is down'));
  set([[serviceEntity('pay')]]);
  await expect(scan()).rejects.toThrow('catalog is down');
  fail(undefined);
  expect(await scan()).toEqual({ [shop]: ['entity-changed'] });
  expect(await scan()).toEqual({});
});

it('asks the catalog for nothing when no path covers anything', async () => {
  const { scan, paths: registry, catalog } = await setUp();
  await scan();
  registry.current.mockReturnValue({ kinds: new Set(), paths: [] });
  expect(Object.keys(await scan())).toEqual([pay, shop]);
  const kinds = catalog.streamEntities.mock.calls.map(
    ([query]) => (query as { filter: { kind: string[] } }).filter.kind,
  );
  expect(kinds.filter(kind => !kind.includes('Group'))).toEqual([
    ['component'],
  ]);
});

it('queues entities whose facts are due', async () => {
  const { scan, knex } = await setUp();
  await scan();
  await new EvaluationStore({ knex }).write({
    entityRef: pay,
    at: new Date('2026-11-21T10:01:00Z'),
    facts: [{ source: 'catalog', refreshAt: new Date('2026-11-21T10:03:00Z') }],
    changed: new Set(),
    paths: [],
    judge: async () => [],
  });
  expect(await scan()).toEqual({});
  expect(await scan()).toEqual({ [pay]: ['fact-expiring'] });
});

it('takes an entity without an etag by its content', async () => {
  const { scan, set } = await setUp();
  set([[teamEntity]]);
  await scan();
  expect(await scan()).toEqual({});
});

it('queues what was compared with another state of its template', async () => {
  const { scan, knex, refresh } = await setUp();
  await scan();
  const compare = (entityRef: string, digest: string | null) =>
    new EvaluationStore({ knex }).write({
      entityRef,
      at: new Date('2026-11-21T10:01:00Z'),
      facts: [],
      changed: new Set(),
      paths: [],
      judge: async () => [],
      templates: new Map([['template:default/node', digest]]),
    });
  await compare(pay, 't1');
  await compare(shop, null);
  expect(await scan()).toEqual({ [shop]: ['template-changed'] });
  await compare(shop, 't1');
  expect(await scan()).toEqual({});
  refresh.mockResolvedValue({ status: 'unreadable', reason: 'no network' });
  expect(await scan()).toEqual({});
  refresh.mockResolvedValue({ status: 'read', template: { digest: 't2' } });
  expect(Object.keys(await scan())).toEqual([pay, shop]);
  expect(refresh).toHaveBeenLastCalledWith('template:default/node');
});

it('is not held up by an entity with an address longer than an index takes', async () => {
  const { scan, set } = await setUp();
  const long = serviceEntity('pay');
  long.metadata.annotations = {
    'backstage.io/source-location': `url:https://git.example.com/${'x'.repeat(
      5000,
    )}/`,
  };
  set([[long, serviceEntity('shop')]]);
  expect(Object.keys(await scan())).toEqual([pay, shop]);
});
