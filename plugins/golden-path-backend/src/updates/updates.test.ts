import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { createUpdateSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import {
  FakeHost,
  FakePlanner,
  FakeRemote,
  HEAD,
} from '../__testUtils__/fakeUpdates';
import { UpdateRow, UpdateStore } from '../database/UpdateStore';
import { UpdateFollower } from './UpdateFollower';
import { ClaimedUpdate, UpdateQueue } from './UpdateQueue';
import { UpdateRunner } from './UpdateRunner';
import { UpdateService } from './UpdateService';
import { FindSource } from './UpdateSources';

jest.setTimeout(60_000);

const databases = testDatabases();
const pay = 'component:default/pay';
const url = 'https://git.example.com/pay/';
const branch = 'golden-path/update-service-1.1.0';
const key = `${url}#${branch}`;
const signal = new AbortController().signal;

describe.each(databases.ids)('updates on %s', id => {
  let knex: Knex;
  let now: Date;
  let host: FakeHost;
  let remote: FakeRemote;
  let planner: FakePlanner;
  let sources: Map<string, string>;
  let changed: UpdateRow[];
  let hiddenTemplates: Set<string>;
  let refreshed: string[];
  let updates: UpdateStore;
  let queue: UpdateQueue;
  let service: UpdateService;
  let runner: UpdateRunner;
  let follower: UpdateFollower;

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    await knex('updates').delete();
    await knex('rollouts').delete();
    now = new Date('2026-11-21T10:00:00.500Z');
    host = new FakeHost();
    remote = new FakeRemote();
    planner = new FakePlanner();
    sources = new Map([[pay, url]]);
    changed = [];
    hiddenTemplates = new Set();
    refreshed = [];
    updates = new UpdateStore({ knex });
    queue = new UpdateQueue({ knex, now: () => now });
    const findSource: FindSource = async ref => {
      const found = sources.get(ref);
      return found === undefined ? { reason: 'not known' } : { url: found };
    };
    const shared = {
      updates,
      queue,
      planner,
      findSource,
      hosts: { find: (at: string) => (host.knows(at) ? host : undefined) },
      logger: mockServices.logger.mock(),
      now: () => now,
      onChanged: async (row: UpdateRow) => {
        changed.push(row);
      },
    };
    service = new UpdateService({
      ...shared,
      auth: mockServices.auth(),
      seeTemplate: async ref => {
        if (hiddenTemplates.has(ref)) {
          throw new NotFoundError(`There is no entity ${ref}`);
        }
      },
      refresh: async ref => {
        refreshed.push(ref);
      },
    });
    runner = new UpdateRunner({
      ...shared,
      author: { name: 'Golden Path', email: 'golden-path@localhost' },
      describe: ({ plan, noun }) => ({
        title: `Update to ${plan.template.to}`,
        body: `A ${noun}`,
        commitMessage: `Update to ${plan.template.to}\n`,
      }),
      push: remote.push,
    });
    follower = new UpdateFollower(shared);
  });

  const advance = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const ask = (body: object = {}, ref = pay) =>
    service.create(
      ref,
      createUpdateSchema.parse(body),
      mockCredentials.user('user:default/ann'),
    );
  const claim = () => queue.claim({ limit: 10, leaseSeconds: 300 });
  /** What a worker does with everything that is due. */
  const work = async () => {
    const fail = (update: ClaimedUpdate) => (error: Error) =>
      queue.fail(update, error.message);
    for (const update of await claim()) {
      await runner.run(update, signal).catch(fail(update));
    }
  };
  const current = async () => (await service.list(pay)).items[0];

  it('pushes one branch and opens one request', async () => {
    const asked = await ask({ planDigest: 'plan-1' });
    expect(asked).toMatchObject({
      state: 'queued',
      from: '1.0.0',
      to: '1.1.0',
      branch,
      noun: 'pull request',
      createdBy: 'user:default/ann',
    });
    await work();
    expect(await current()).toMatchObject({
      id: asked.id,
      state: 'open',
      draft: false,
      url: `${url}pull/1`,
    });
    const pushed = remote.branches.get(`${url}.git#${branch}`)!;
    expect(pushed).toMatchObject({
      date: '2026-11-21T10:00:00.000Z',
      author: 'Golden Path <golden-path@localhost>',
    });
    expect(pushed.files.map(file => file.path)).toEqual([
      'ci.yml',
      '.golden-path.lock.yaml',
    ]);
    const [, lock] = pushed.files;
    expect(Buffer.from(lock.content!).toString()).toContain(
      '2026-11-21T10:00:00.000Z',
    );
    expect(changed.map(row => row.state)).toEqual(['open']);
    expect(await claim()).toEqual([]);
  });

  it('puts the files below the folder of the repository', async () => {
    host.repository = async () => ({
      remoteUrl: 'r',
      baseBranch: 'main',
      folder: 'services/pay',
      webUrl: url,
    });
    await ask();
    await work();
    expect(
      remote.branches.get(`r#${branch}`)!.files.map(file => file.path),
    ).toEqual(['services/pay/ci.yml', 'services/pay/.golden-path.lock.yaml']);
  });

  it('gives the same for the same, and changes it for other decisions', async () => {
    const first = await ask();
    expect((await ask()).id).toBe(first.id);
    await work();
    expect((await ask()).state).toBe('open');
    const again = await ask({ decisions: { 'ci.yml': { file: 'keep' } } });
    expect(again).toMatchObject({ id: first.id, state: 'queued' });
    await work();
    expect(planner.asked.at(-1)!.decisions).toEqual({
      'ci.yml': { file: 'keep' },
    });
    expect(host.requests.size).toBe(1);
    expect(await knex('updates').select()).toHaveLength(1);
  });

  it('keeps one when several ask at the same time', async () => {
    const asked = await Promise.all([ask(), ask(), ask(), ask()]);
    expect(new Set(asked.map(update => update.id)).size).toBe(1);
  });

  it('refuses at the door what cannot or need not be done', async () => {
    await expect(ask({ planDigest: 'plan-0' })).rejects.toMatchObject({
      name: 'ConflictError',
    });
    // So that the page does not get the old plan again
    expect(refreshed).toEqual([pay]);
    hiddenTemplates.add('template:default/node');
    await expect(ask()).rejects.toMatchObject({ name: 'NotFoundError' });
    hiddenTemplates.clear();
    await expect(ask({}, 'component:default/none')).rejects.toThrow(
      'not known',
    );
    sources.set(pay, 'https://other.example.com/pay/');
    await expect(ask()).rejects.toThrow('No change host knows');
    sources.set(pay, url);
    planner.plans.set(pay, { empty: true });
    await expect(ask()).rejects.toThrow('nothing to do');
    planner.plans.clear();
    planner.changes = Array.from({ length: 2001 }, (_, n) => ({
      path: `f${n}`,
      mode: '100644',
      content: new Uint8Array(1),
    }));
    await expect(ask()).rejects.toThrow('2001 files');
    await expect(ask({ provenance: true })).rejects.toThrow('recovered');
    expect(await knex('updates').select()).toEqual([]);
  });

  it('makes a draft of conflicts and of restored files', async () => {
    planner.plans.set(pay, {
      clean: false,
      conflicts: [{ path: 'ci.yml', kind: 'content' }],
    });
    await ask();
    await work();
    expect(await current()).toMatchObject({ draft: true, conflicts: 1 });
    planner.plans.set(pay, { files: [{ action: 'restore' } as any] });
    await ask({ decisions: { x: { file: 'take' } } });
    await work();
    expect(host.opened.at(-1)).toMatchObject({ draft: true });
  });

  it('begins again after a kill, with one branch, one date and one request', async () => {
    await ask();
    const [killed] = await claim();
    // Pushed and opened, but not recorded
    jest.spyOn(queue, 'finish').mockResolvedValueOnce(false);
    await runner.run(killed, signal);
    expect(await claim()).toEqual([]);
    const first = remote.branches.get(`${url}.git#${branch}`);
    advance(301);
    const [retaken] = await claim();
    expect(retaken.row.state).toBe('working');
    await runner.run(retaken, signal);
    expect(remote.branches.get(`${url}.git#${branch}`)).toEqual(first);
    expect(remote.branches.size).toBe(1);
    expect(host.requests.size).toBe(1);
    expect(await current()).toMatchObject({ state: 'open' });
    expect(await queue.finish(killed, { state: 'failed' })).toBe(false);
  });

  it('does not push once its lease is another worker’s', async () => {
    await ask();
    const [slow] = await claim();
    advance(301);
    await claim();
    await expect(runner.run(slow, signal)).rejects.toThrow('other hands');
    expect(remote.pushes).toBe(0);
  });

  it('tries again what may be gone later, and gives up after five times', async () => {
    await ask();
    for (let n = 0; n < 5; n += 1) {
      host.errors = [new ServiceUnavailableError('the host is down')];
      await work();
      expect(await current()).toMatchObject({
        state: 'queued',
        problem: 'the host is down',
      });
      await work();
      expect(remote.pushes).toBe(0);
      advance(3600);
    }
    host.errors = [new ServiceUnavailableError('the host is down')];
    await work();
    expect(await current()).toMatchObject({ state: 'failed' });
    expect(changed.map(row => row.state)).toEqual(['failed']);
    expect((await ask()).state).toBe('queued');
    await work();
    expect(await current()).toMatchObject({ state: 'open' });
    expect((await current()).problem).toBeUndefined();
  });

  it('fails at once for what stays as it is, and says why', async () => {
    await ask();
    remote.errors = [new ConflictError('The branch has commits of others')];
    await work();
    expect(await current()).toMatchObject({
      state: 'failed',
      problem: 'The branch has commits of others',
      url: null,
    });
    advance(3600);
    expect(await claim()).toEqual([]);
  });

  it('opens no request while the service changes in between', async () => {
    await ask();
    remote.head = 'c'.repeat(40);
    let plans = 0;
    const moving = jest.spyOn(planner.plans, 'get').mockImplementation(() => {
      plans += 1;
      return { digest: `plan-${plans}` };
    });
    await work();
    expect(remote.pushes).toBe(3);
    expect(host.requests.size).toBe(0);
    expect(await current()).toMatchObject({
      state: 'queued',
      problem: expect.stringContaining('changes while it is updated'),
    });
    moving.mockRestore();
    advance(60);
    // Another commit by name, and the same plan
    await work();
    expect(remote.pushes).toBe(4);
    expect(await current()).toMatchObject({ state: 'open' });
  });

  it('opens no request for a push that changed nothing', async () => {
    await ask();
    remote.pushed = HEAD;
    await work();
    expect(await current()).toMatchObject({ state: 'nothing-to-do' });
    expect(host.requests.size).toBe(0);
  });

  it('has nothing to do when the service has it by now, or knows that it was merged', async () => {
    await ask();
    planner.plans.set(pay, { empty: true });
    await work();
    expect(await current()).toMatchObject({ state: 'nothing-to-do' });
    expect(remote.pushes).toBe(0);
    planner.plans.clear();
    const second = await ask();
    await work();
    await updates.requeue([second.id], {}, { now });
    host.setAll({ state: 'merged' });
    planner.plans.set(pay, { empty: true });
    await work();
    expect(await current()).toMatchObject({ id: second.id, state: 'merged' });
  });

  it('follows checks, merge and close', async () => {
    const { id: first } = await ask();
    await work();
    changed = [];
    await follower.followDue(signal);
    expect(host.asked).toBe(0);
    advance(61);
    host.setAll({ checks: 'failing' });
    await follower.followDue(signal);
    expect(await current()).toMatchObject({ state: 'open', checks: 'failing' });
    advance(61);
    await follower.followDue(signal);
    expect(changed).toHaveLength(1);
    advance(3601);
    host.setAll({ state: 'merged' });
    await follower.followDue(signal);
    expect(await current()).toMatchObject({ state: 'merged' });
    expect(changed.map(row => row.state)).toEqual(['open', 'merged']);
    expect((await updates.get(first))!.merged_at).toBe(now.toISOString());
    advance(3601);
    const { asked } = host;
    await follower.followDue(signal);
    expect(host.asked).toBe(asked);
    expect((await ask()).id).not.toBe(first);
  });

  it('looks at once at the requests of a repository that was pushed to', async () => {
    await ask();
    await work();
    host.setAll({ state: 'closed' });
    await follower.followAt('https://git.example.com/other', signal);
    expect(host.asked).toBe(0);
    await follower.followAt('https://git.example.com/pay', signal);
    expect(await current()).toMatchObject({ state: 'closed' });
  });

  it('closes what is not there any more, and waits with what cannot be asked about', async () => {
    await ask();
    await work();
    advance(61);
    host.errors = [new Error('no answer')];
    await follower.followDue(signal);
    expect(await current()).toMatchObject({ state: 'open' });
    await follower.followDue(signal);
    expect(host.asked).toBe(1);
    host.requests.delete(key);
    advance(61);
    await follower.followDue(signal);
    expect(await current()).toMatchObject({
      state: 'closed',
      problem: 'The request is not there any more',
    });
  });

  it('closes the older of two updates on one branch', async () => {
    const { id: older } = await ask();
    planner.plans.set(pay, {
      template: {
        entityRef: 'template:default/node',
        from: '1.0.0',
        to: '1.1.0',
        commit: null,
        inputDigest: `sha256:${'2'.repeat(64)}`,
      },
    });
    advance(1);
    await ask();
    expect(await updates.get(older)).toMatchObject({
      state: 'closed',
      open_key: null,
    });
    await work();
    expect(remote.pushes).toBe(1);
  });

  it('leaves the updates of a paused roll-out where they are', async () => {
    const { id: update } = await ask();
    await knex('updates').where({ id: update }).update({ rollout_id: 'r1' });
    await knex('rollouts').insert({
      id: 'r1',
      template: 'template:default/node',
      version: '1.1.0',
      input_digest: 'x',
      status: 'paused',
      waves: '[]',
      current_wave: 0,
      advance_at: 1,
      pause_on: '{}',
      accepted: '[]',
      idempotency_key: 'k',
      created_by: 'c',
      created_at: 'x',
      updated_at: 'x',
      revision: 1,
    });
    expect(await claim()).toEqual([]);
    await knex('rollouts').update({ status: 'running' });
    expect(await claim()).toHaveLength(1);
  });

  it('never gives one update to two workers', async () => {
    const refs = Array.from(
      { length: 40 },
      (_, n) => `component:default/c${n}`,
    );
    for (const ref of refs) {
      sources.set(ref, `https://git.example.com/${ref}/`);
      await ask({}, ref);
    }
    const other = new UpdateQueue({ knex, now: () => now });
    const taken: string[] = [];
    const drain = async (own: UpdateQueue) => {
      for (;;) {
        const claimed = await own.claim({ limit: 3, leaseSeconds: 60 });
        if (claimed.length === 0) {
          return;
        }
        taken.push(...claimed.map(({ entityRef }) => entityRef));
      }
    };
    await Promise.all([drain(queue), drain(other), drain(queue)]);
    expect(taken).toHaveLength(40);
    expect(new Set(taken).size).toBe(40);
  });

  it('lists the newest twenty, and the newest of each layer', async () => {
    for (let n = 0; n < 21; n += 1) {
      planner.plans.set(pay, {
        template: {
          entityRef: 'template:default/node',
          from: '1.0.0',
          to: `2.0.${n}`,
          commit: null,
          inputDigest: `sha256:${n}`,
        },
      });
      await ask();
      advance(1);
    }
    const { items } = await service.list(pay);
    expect(items).toHaveLength(20);
    expect(items[0].to).toBe('2.0.20');
    const newest = await updates.newest([pay, 'x']);
    expect(newest.map(row => row.to_version)).toEqual(['2.0.20']);
  });
});
