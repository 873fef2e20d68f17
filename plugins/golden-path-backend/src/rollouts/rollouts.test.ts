import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { createRolloutSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { DriftLayerStore } from '../database/DriftLayerStore';
import { RolloutRow, RolloutStore } from '../database/RolloutStore';
import { UpdateRow, UpdateStore } from '../database/UpdateStore';
import { UpdateQueue } from '../updates/UpdateQueue';
import { RolloutDriver } from './RolloutDriver';
import { RolloutHealth } from './RolloutHealth';
import { RolloutService } from './RolloutService';

jest.setTimeout(60_000);

const databases = testDatabases();
const template = 'template:default/node';
const digest = `sha256:${'1'.repeat(64)}`;
const signal = new AbortController().signal;
const ann = mockCredentials.user('user:default/ann');

describe.each(databases.ids)('roll-outs on %s', id => {
  let knex: Knex;
  let now: Date;
  let hidden: Set<string>;
  let changed: RolloutRow[];
  let health: Map<string, string>;
  let service: RolloutService;
  let driver: RolloutDriver;
  let newDriver: () => RolloutDriver;

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    for (const table of [
      'updates',
      'rollouts',
      'rollout_items',
      'drift_layers',
      'entities',
      'snapshots',
    ]) {
      await knex(table).delete();
    }
    now = new Date('2026-11-21T10:00:00Z');
    hidden = new Set();
    changed = [];
    health = new Map();
    const rollouts = new RolloutStore({ knex });
    const updates = new UpdateStore({ knex });
    const queue = new UpdateQueue({ knex, now: () => now });
    const access: any = {
      entity: async (ref: string) => {
        if (hidden.has(ref)) {
          throw new NotFoundError(`There is no entity ${ref}`);
        }
      },
      visible: async (refs: string[]) =>
        new Set(refs.filter(ref => !hidden.has(ref))),
      onlyVisible: async (rows: { entity_ref: string }[]) =>
        rows.filter(row => !hidden.has(row.entity_ref)),
    };
    newDriver = () =>
      new RolloutDriver({
        rollouts,
        updates,
        queue,
        hosts: { find: () => ({ noun: 'pull request' } as any) },
        health: new RolloutHealth({
          rollouts,
          health: {
            report: async ({ entityRef, to }: any) => {
              const incident = health.get(entityRef);
              return {
                report: {
                  metrics: {
                    timeToRestore: {
                      status: 'ok',
                      open:
                        incident && to >= now
                          ? [{ id: incident, seconds: 1 }]
                          : [],
                    },
                    changeFailRate: { value: null, n: 0 },
                  },
                } as any,
                instrumented: { deployments: true, incidents: true },
              };
            },
          },
          now: () => now,
        }),
        logger: mockServices.logger.mock(),
        onChanged: async row => {
          changed.push(row);
        },
        now: () => now,
      });
    driver = newDriver();
    service = new RolloutService({
      rollouts,
      updates,
      queue,
      driver,
      access,
      auth: mockServices.auth(),
      adopters: new DriftLayerStore({ knex }),
      readTemplate: async () =>
        ({
          status: 'read',
          template: { manifest: { version: '1.1.0' }, digest },
        } as any),
      now: () => now,
    });
  });

  const adopt = async (
    name: string,
    options: {
      owner?: string;
      version?: string;
      inputDigest?: string | null;
      tier?: number;
    } = {},
  ) => {
    const entity_ref = `component:default/${name}`;
    const { owner = 'group:default/a', version = '1.0.0' } = options;
    await knex('entities').insert({
      entity_ref,
      etag: 'e',
      paths_digest: 'd',
      seen_at: 'x',
      source_url: `https://git.example.com/${name}/`,
      owner,
    });
    await knex('drift_layers').insert({
      entity_ref,
      layer_id: 'service',
      template_ref: template,
      version,
      input_digest: options.inputDigest ?? null,
      up_to_date: 0,
      drifted: 0,
      conflicts: 0,
      observed_at: 'x',
    });
    if (options.tier !== undefined) {
      await knex('snapshots').insert({
        entity_ref,
        commit: null,
        observed_at: 'x',
        files: '{}',
        service_file_text: `tier: ${options.tier}\n`,
      });
    }
  };
  const start = (body: object = {}, credentials: any = ann) =>
    service.create(
      template,
      createRolloutSchema.parse({
        idempotencyKey: 'k',
        waves: 'owner',
        ...body,
      }),
      credentials,
    );
  const setUpdate = async (name: string, changes: Partial<UpdateRow>) => {
    await knex('updates')
      .where({ entity_ref: `component:default/${name}` })
      .update({
        ...changes,
        ...(changes.state === 'merged' && { merged_at: now.toISOString() }),
      });
    now = new Date(now.getTime() + 1000);
    await driver.driveAll(signal);
  };
  const statesOf = async (rolloutId: string) =>
    (await service.get(rolloutId, ann)).items.map(item => item.state);

  it('goes wave by wave to the end', async () => {
    await adopt('a1', { owner: 'group:default/a' });
    await adopt('b1', { owner: 'group:default/b' });
    await adopt('b2', { owner: 'group:default/b' });
    const rollout = await start();
    expect(rollout).toMatchObject({
      template,
      version: '1.1.0',
      status: 'running',
      createdBy: 'user:default/ann',
      waves: [
        { name: 'group:default/a', services: 1, status: 'running' },
        { name: 'group:default/b', services: 2, status: 'waiting' },
      ],
    });
    expect(rollout.items.map(item => item.state)).toEqual([
      'queued',
      'waiting',
      'waiting',
    ]);
    expect(rollout.items[0].update).toMatchObject({
      noun: 'pull request',
      rolloutId: rollout.id,
      from: '1.0.0',
      to: '1.1.0',
      branch: 'golden-path/update-service-1.1.0',
    });
    await setUpdate('a1', { state: 'open' });
    expect(await statesOf(rollout.id)).toEqual(['open', 'waiting', 'waiting']);
    await setUpdate('a1', { state: 'merged' });
    expect(await statesOf(rollout.id)).toEqual(['merged', 'queued', 'queued']);
    await setUpdate('b1', { state: 'merged' });
    await setUpdate('b2', { state: 'closed' });
    expect(await service.get(rollout.id, ann)).toMatchObject({
      status: 'done',
      waves: [
        { merged: 1, unknownHealth: 1, status: 'done' },
        { merged: 1, status: 'done' },
      ],
    });
    expect(changed.map(row => row.status)).toEqual(['done']);
  });

  it('takes only visible services that are not up to date', async () => {
    await adopt('old');
    await adopt('new', { version: '1.1.0' });
    await adopt('republished', { version: '1.1.0', inputDigest: 'sha256:0' });
    await adopt('same', { version: '1.1.0', inputDigest: digest });
    await adopt('secret');
    hidden.add('component:default/secret');
    const { id: rolloutId } = await start({ waves: 'all' });
    hidden.clear();
    const { items } = await service.get(rolloutId, ann);
    expect(items.map(item => item.entityRef)).toEqual([
      'component:default/old',
      'component:default/republished',
    ]);
    await expect(
      start({ idempotencyKey: 'x', entityRefs: ['component:new', 'bad'] }),
    ).rejects.toThrow("'bad' is not an entity reference");
    await expect(
      start({ idempotencyKey: 'x', entityRefs: ['component:new'] }),
    ).rejects.toThrow('component:default/new');
    expect(
      (await start({ idempotencyKey: 'y', entityRefs: ['Component:old'] }))
        .items,
    ).toHaveLength(1);
  });

  it('says so when every service is up to date, and hides what is hidden', async () => {
    await adopt('new', { version: '1.1.0' });
    await expect(start()).rejects.toThrow('up to date');
    await adopt('old');
    const { id: rolloutId } = await start();
    hidden.add('component:default/old');
    expect(await service.get(rolloutId, ann)).toMatchObject({
      items: [],
      waves: [{ name: 'Services you may not see', services: 0 }],
    });
    hidden.add(template);
    await expect(service.get(rolloutId, ann)).rejects.toThrow('no roll-out');
    await expect(service.list(template, ann)).rejects.toThrow('no entity');
    await expect(service.get('1', ann)).rejects.toThrow('no roll-out');
  });

  it('is one for the same caller and key', async () => {
    await adopt('a');
    const rollouts = await Promise.all([start(), start(), start()]);
    expect(new Set(rollouts.map(rollout => rollout.id)).size).toBe(1);
    expect(await knex('rollout_items').select()).toHaveLength(1);
    expect(await knex('updates').select()).toHaveLength(1);
    const other = await start({}, mockCredentials.user('user:default/bob'));
    expect(other.id).not.toBe(rollouts[0].id);
    expect((await service.list(template, ann)).items).toHaveLength(2);
    expect(await knex('updates').select()).toHaveLength(1);
    await expect(
      service.create(
        'template:default/other',
        createRolloutSchema.parse({ idempotencyKey: 'k' }),
        ann,
      ),
    ).rejects.toThrow('idempotency key');
  });

  it('puts services into waves by the tier in their file', async () => {
    await adopt('critical', { tier: 1 });
    await adopt('minor', { tier: 4 });
    await adopt('unknown');
    const { waves } = await start({ waves: 'tier' });
    expect(waves.map(({ name }) => name)).toEqual([
      'Tier 4',
      'Tier unknown',
      'Tier 1',
    ]);
  });

  it('pauses on failing pipelines and goes on when it is resumed in spite of them', async () => {
    await adopt('a1');
    await adopt('b1', { owner: 'group:default/b' });
    const { id: rolloutId } = await start({ advanceAt: 0.5 });
    await setUpdate('a1', {
      state: 'open',
      checks: 'failing',
      url: 'https://git.example.com/a1/1',
    });
    const reason =
      'The pipelines of the update of component:default/a1 are failing: https://git.example.com/a1/1';
    expect(await service.get(rolloutId, ann)).toMatchObject({
      status: 'paused',
      reason,
    });
    expect(changed).toMatchObject([{ status: 'paused', reason }]);
    hidden.add('component:default/a1');
    expect((await service.get(rolloutId, ann)).reason).toBe(
      'Something went wrong in a service you may not see',
    );
    hidden.clear();
    const resumed = await service.act(rolloutId, 'resume', undefined, ann);
    expect(resumed.status).toBe('running');
    expect(resumed.reason).toBeUndefined();
    // Once it is over it is a cause again
    await setUpdate('a1', { checks: 'passing' });
    await setUpdate('a1', { checks: 'failing' });
    expect((await service.get(rolloutId, ann)).status).toBe('paused');
  });

  it('pauses when the health of a merged service falls', async () => {
    await adopt('a1');
    await adopt('b1', { owner: 'group:default/b' });
    const { id: rolloutId } = await start();
    await setUpdate('a1', { state: 'merged' });
    expect((await service.get(rolloutId, ann)).status).toBe('running');
    health.set('component:default/a1', 'i1');
    now = new Date(now.getTime() + 6 * 60_000);
    await driver.driveAll(signal);
    expect(await service.get(rolloutId, ann)).toMatchObject({
      status: 'paused',
      reason: expect.stringContaining('incident i1'),
    });
  });

  it('looks at health before the next wave starts', async () => {
    await adopt('a1');
    await adopt('b1', { owner: 'group:default/b' });
    const { id: rolloutId } = await start();
    health.set('component:default/a1', 'i1');
    await setUpdate('a1', { state: 'merged' });
    expect(await statesOf(rolloutId)).toEqual(['merged', 'waiting']);
  });

  it('tries again what failed when it is resumed, and then goes on', async () => {
    await adopt('a1');
    await adopt('b1', { owner: 'group:default/b' });
    const { id: rolloutId } = await start();
    await setUpdate('a1', { state: 'failed', problem: 'x' });
    expect(await service.get(rolloutId, ann)).toMatchObject({
      status: 'paused',
      reason: expect.stringContaining('1 were closed or failed'),
    });
    await service.act(rolloutId, 'resume', undefined, ann);
    expect(await statesOf(rolloutId)).toEqual(['queued', 'waiting']);
    await setUpdate('a1', { state: 'failed', problem: 'x' });
    expect(await statesOf(rolloutId)).toEqual(['failed', 'queued']);
  });

  it('is paused, resumed and cancelled by people', async () => {
    await adopt('a1');
    await adopt('b1');
    const { id: rolloutId } = await start();
    await setUpdate('a1', { state: 'open', url: 'x' });
    const paused = await service.act(rolloutId, 'pause', 'Freeze', ann);
    expect(paused).toMatchObject({ status: 'paused', reason: 'Freeze' });
    expect(await service.act(rolloutId, 'pause', 'Again', ann)).toEqual(paused);
    await service.act(rolloutId, 'resume', undefined, ann);
    expect((await service.act(rolloutId, 'pause', undefined, ann)).reason).toBe(
      'Paused by user:default/ann',
    );
    const cancelled = await service.act(rolloutId, 'cancel', undefined, ann);
    expect(cancelled.status).toBe('cancelled');
    expect(cancelled.items.map(item => item.state)).toEqual(['open', 'closed']);
    await expect(
      service.act(rolloutId, 'resume', undefined, ann),
    ).rejects.toThrow('cancelled already');
  });

  it('starts a wave once, however many replicas drive it', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => adopt(`s${n}`)));
    const { id: rolloutId } = await start({ waves: 'share' });
    await knex('updates').update({
      state: 'merged',
      merged_at: now.toISOString(),
    });
    await Promise.all([1, 2, 3, 4].map(() => newDriver().driveAll(signal)));
    const { waves, items } = await service.get(rolloutId, ann);
    expect(waves.map(({ status }) => status)).toEqual([
      'done',
      'running',
      'waiting',
    ]);
    const linked = items.flatMap(item => item.update?.id ?? []);
    expect(new Set(linked).size).toBe(8);
    expect(await knex('updates').select()).toHaveLength(8);
  });

  it('is finished once, however many replicas drive it', async () => {
    await adopt('a1');
    await start({ waves: 'all' });
    await knex('updates').update({ state: 'closed' });
    await Promise.all([1, 2, 3, 4].map(() => newDriver().driveAll(signal)));
    expect(changed.map(row => row.status)).toEqual(['done']);
  });

  it('takes over an update that somebody asked for before, and retries one that failed', async () => {
    await adopt('a1');
    const { id: first } = await start();
    await knex('updates').update({ state: 'failed', problem: 'x' });
    const { id: second, items } = await start({ idempotencyKey: 'other' });
    expect(second).not.toBe(first);
    expect(items[0]).toMatchObject({
      state: 'queued',
      update: { rolloutId: first },
    });
  });
});
