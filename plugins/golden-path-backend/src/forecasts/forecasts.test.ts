import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { UpdatePlan } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { DriftLayerRow, DriftLayerStore } from '../database/DriftLayerStore';
import { ForecastStore } from '../database/ForecastStore';
import { Template } from '../drift/templateFiles';
import { EntityAccess } from '../service/EntityAccess';
import { ForecastRunner } from './ForecastRunner';
import { ForecastService } from './ForecastService';

jest.setTimeout(60_000);

const databases = testDatabases();
const TEMPLATE = 'template:default/node';
const credentials = mockCredentials.user();

const template = {
  manifest: { version: '2.0.0' },
  digest: 'sha256:new',
} as Template;

function plan(options: Partial<UpdatePlan>): UpdatePlan {
  return { clean: true, files: [], conflicts: [], ...options } as UpdatePlan;
}

const changed = { path: 'ci.yml', action: 'change' } as UpdatePlan['files'][0];
const conflict = (path: string) => ({ path, kind: 'content' as const });

const PLANS: Record<string, UpdatePlan | Error> = {
  'component:default/a': plan({ files: [changed] }),
  'component:default/b': plan({
    clean: false,
    files: [changed],
    conflicts: [conflict('Dockerfile'), conflict('ci.yml')],
  }),
  'component:default/c': plan({
    clean: false,
    conflicts: [conflict('Dockerfile')],
  }),
  'component:default/d': plan({}),
  'component:default/e': new Error('The repository could not be read'),
};

async function seed(knex: Knex, entityRefs = Object.keys(PLANS)) {
  await knex<DriftLayerRow>('drift_layers').insert(
    entityRefs.map(entity_ref => ({
      entity_ref,
      layer_id: 'service',
      template_ref: TEMPLATE,
      version: '1.0.0',
      input_digest: null,
      up_to_date: 0 as const,
      drifted: 0,
      conflicts: 0,
      migrated: null,
      observed_at: '2026-11-21T00:00:00.000Z',
    })),
  );
}

function partsOver(
  knex: Knex,
  options: {
    hidden?: string[];
    now?: () => Date;
    planned?: (entityRef: string) => Promise<UpdatePlan>;
  } = {},
) {
  const store = new ForecastStore({ knex, now: options.now });
  const runner = new ForecastRunner({
    store,
    logger: mockServices.logger.mock(),
    readTemplate: async ({ url }) => {
      if (url === 'https://example.com/broken') {
        throw new Error('There is no template');
      }
      return template;
    },
    plan: async ({ entityRef }) => {
      if (options.planned) {
        return options.planned(entityRef);
      }
      const found = PLANS[entityRef];
      if (found instanceof Error) {
        throw found;
      }
      return found;
    },
  });
  const hidden = options.hidden ?? [];
  const service = new ForecastService({
    store,
    layers: new DriftLayerStore({ knex }),
    auth: mockServices.auth(),
    access: {
      entity: async () => ({}),
      onlyVisible: async (rows: { entity_ref: string }[]) =>
        rows.filter(row => !hidden.includes(row.entity_ref)),
    } as unknown as EntityAccess,
    start: () => {},
  });
  return { store, runner, service };
}

const signal = new AbortController().signal;

describe.each(databases.ids)('forecasts on %p', (id: any) => {
  it('tells how every service would take a version', async () => {
    const knex = await databases.open(id);
    await seed(knex);
    const { runner, service } = partsOver(knex);
    const started = await service.create({
      templateRef: TEMPLATE,
      url: undefined,
      credentials,
    });
    expect(started).toMatchObject({
      status: 'running',
      done: 0,
      total: 5,
      startedBy: 'user:default/mock',
      version: null,
    });
    await runner.run(signal);
    const done = await service.get(started.id, credentials);
    expect(done).toMatchObject({
      status: 'done',
      version: '2.0.0',
      done: 5,
      counts: { clean: 1, conflict: 2, unchanged: 1, unknown: 1 },
      worst: [
        { path: 'Dockerfile', services: 2 },
        { path: 'ci.yml', services: 1 },
      ],
    });
    expect(
      done.items.map(({ entityRef, outcome, files, reason }) => [
        entityRef.slice(-1),
        outcome,
        files,
        reason,
      ]),
    ).toEqual([
      ['a', 'clean', 1, undefined],
      ['b', 'conflict', 1, undefined],
      ['c', 'conflict', 0, undefined],
      ['d', 'unchanged', 0, undefined],
      ['e', 'unknown', 0, 'The repository could not be read'],
    ]);
    expect((await service.list(TEMPLATE, credentials)).items).toHaveLength(1);
  });

  it('shows nobody a service that is hidden from them', async () => {
    const knex = await databases.open(id);
    await seed(knex);
    const all = partsOver(knex);
    const some = partsOver(knex, { hidden: ['component:default/b'] });
    const { id: forecast } = await all.service.create({
      templateRef: TEMPLATE,
      url: undefined,
      credentials,
    });
    await all.runner.run(signal);
    const seen = await some.service.get(forecast, credentials);
    expect(seen.total).toBe(4);
    expect(JSON.stringify(seen)).not.toContain('component:default/b');
    expect(seen.worst).toEqual([{ path: 'Dockerfile', services: 1 }]);
  });

  it('says why a version could not be tried', async () => {
    const knex = await databases.open(id);
    await seed(knex);
    const { runner, service } = partsOver(knex);
    const { id: forecast } = await service.create({
      templateRef: TEMPLATE,
      url: 'https://example.com/broken',
      credentials,
    });
    await runner.run(signal);
    await expect(service.get(forecast, credentials)).resolves.toMatchObject({
      status: 'failed',
      problem: 'There is no template',
      done: 0,
    });
  });

  it('goes on where a process that died left off', async () => {
    const knex = await databases.open(id);
    await seed(knex);
    let now = new Date('2026-11-21T10:00:00Z');
    const died = partsOver(knex, { now: () => now });
    const { id: forecast } = await died.service.create({
      templateRef: TEMPLATE,
      url: undefined,
      credentials,
    });
    const claimed = await died.store.claim();
    const [first] = await died.store.items(forecast);
    await died.store.record(first, { outcome: 'clean', result: null });
    expect(await died.store.claim()).toBeUndefined();

    now = new Date('2026-11-21T10:05:00Z');
    const planned: string[] = [];
    const next = partsOver(knex, {
      now: () => now,
      planned: async entityRef => {
        planned.push(entityRef);
        return plan({});
      },
    });
    await next.runner.run(signal);
    expect(planned.sort()).toEqual(Object.keys(PLANS).slice(1));
    expect(await died.store.hold(claimed!)).toBe(false);
    await expect(
      next.service.get(forecast, credentials),
    ).resolves.toMatchObject({ status: 'done', done: 5 });
  });

  it('leaves off when it is stopped, and takes nothing for unknown by that', async () => {
    const knex = await databases.open(id);
    await seed(knex);
    const stopped = partsOver(knex, {
      planned: async () => {
        stopped.runner.stop().catch(() => {});
        throw new Error('The merger is closed');
      },
    });
    const { id: forecast } = await stopped.service.create({
      templateRef: TEMPLATE,
      url: undefined,
      credentials,
    });
    await stopped.runner.run();
    await expect(
      stopped.service.get(forecast, credentials),
    ).resolves.toMatchObject({ status: 'running', done: 0 });
  });
});
