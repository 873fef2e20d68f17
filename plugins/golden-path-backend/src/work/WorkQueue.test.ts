import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { WorkQueue } from './WorkQueue';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.ids)('WorkQueue on %s', id => {
  let knex: Knex;
  let queue: WorkQueue;
  let now: Date;

  const advance = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const claim = (limit = 10) => queue.claim({ limit, leaseSeconds: 60 });

  beforeAll(async () => {
    knex = await databases.open(id);
  });

  beforeEach(async () => {
    await knex('work').delete();
    now = new Date('2026-11-21T10:00:00Z');
    queue = new WorkQueue({ knex, now: () => now });
  });

  it('hands out an item once, and not again while it is leased', async () => {
    await queue.enqueue('component:default/a', 'refresh');
    expect(await claim()).toMatchObject([
      { entityRef: 'component:default/a', reasons: ['refresh'], attempts: 0 },
    ]);
    expect(await claim()).toEqual([]);
  });

  it('makes one item of several reasons, due at the earliest time', async () => {
    const later = new Date('2026-11-21T11:00:00Z');
    await queue.enqueue('component:default/a', 'fact-expiring', {
      dueAt: later,
    });
    expect(await claim()).toEqual([]);
    await queue.enqueue('component:default/a', 'refresh');
    await queue.enqueue('component:default/a', 'refresh', { dueAt: later });
    expect(await claim()).toMatchObject([
      { reasons: ['fact-expiring', 'refresh'] },
    ]);
  });

  it('takes what a person asked for before a backlog, but not for ever', async () => {
    await queue.enqueue('component:default/old', 'paths-changed');
    advance(3601);
    await queue.enqueueEach(
      new Map([
        ['component:default/b', 'paths-changed'],
        ['component:default/c', 'entity-changed'],
      ]),
    );
    advance(1);
    await queue.enqueue('component:default/asked', 'refresh');
    expect(
      (await claim(2)).map(work => [work.entityRef, ...work.reasons]),
    ).toEqual([
      ['component:default/old', 'paths-changed'],
      ['component:default/asked', 'refresh'],
    ]);
  });

  it('hastens what waits, and neither what runs nor what failed', async () => {
    await queue.enqueue('component:default/a', 'paths-changed');
    advance(1);
    await queue.enqueue('component:default/b', 'paths-changed');
    await queue.hasten('component:default/b');
    const [first] = await claim(1);
    expect(first.entityRef).toBe('component:default/b');
    await queue.hasten('component:default/b');
    expect(await queue.complete(first)).toBe(true);
    expect((await queue.status('component:default/b')).queued).toBe(false);
    const [failed] = await claim(1);
    await queue.fail(failed, 'broken');
    await queue.hasten('component:default/a');
    expect(await claim()).toEqual([]);
  });

  it('is empty once an item is complete', async () => {
    await queue.enqueue('component:default/a', 'refresh');
    const [work] = await claim();
    expect(await queue.complete(work)).toBe(true);
    expect(await queue.status('component:default/a')).toEqual({
      queued: false,
      lastError: undefined,
    });
  });

  it('runs an item again that was enqueued while it ran', async () => {
    await queue.enqueue('component:default/a', 'refresh');
    const [work] = await claim();
    await queue.enqueue('component:default/a', 'delivery-event');
    expect(await queue.complete(work)).toBe(true);
    expect(await claim()).toMatchObject([
      { entityRef: 'component:default/a', attempts: 0 },
    ]);
  });

  it('retakes an item whose worker died, and ignores that worker afterwards', async () => {
    await queue.enqueue('component:default/a', 'refresh');
    const [lost] = await claim();
    advance(61);
    const [retaken] = await claim();
    expect(retaken.entityRef).toBe('component:default/a');
    expect(await queue.complete(lost)).toBe(false);
    expect(await queue.fail(lost, 'late')).toBe(false);
    expect(await queue.complete(retaken)).toBe(true);
  });

  it('keeps a failed item, later each time, with its error', async () => {
    await queue.enqueue('component:default/a', 'refresh');
    const [first] = await claim();
    await queue.fail(first, 'forge is down');
    expect(await claim()).toEqual([]);
    expect(await queue.status('component:default/a')).toEqual({
      queued: true,
      lastError: 'forge is down',
    });
    advance(15);
    const [second] = await claim();
    expect(second.attempts).toBe(1);
    await queue.fail(second, 'still down');
    advance(15);
    expect(await claim()).toEqual([]);
    advance(15);
    expect(await claim()).toMatchObject([{ attempts: 2 }]);
  });

  it('puts back at once what a stopping worker releases', async () => {
    await queue.enqueue('component:default/a', 'refresh');
    const [work] = await claim();
    await queue.release(work);
    expect(await claim()).toMatchObject([{ attempts: 0 }]);
  });

  it('never hands one item to two workers that claim at the same time', async () => {
    const refs = Array.from(
      { length: 300 },
      (_, n) => `component:default/c${n}`,
    );
    await queue.enqueue(refs, 'entity-changed');
    const other = new WorkQueue({ knex, now: () => now });
    const taken: string[] = [];
    const drain = async (worker: WorkQueue) => {
      for (;;) {
        const works = await worker.claim({ limit: 7, leaseSeconds: 60 });
        if (works.length === 0) {
          return;
        }
        taken.push(...works.map(work => work.entityRef));
        await Promise.all(works.map(work => worker.complete(work)));
      }
    };
    await Promise.all([drain(queue), drain(other), drain(queue), drain(other)]);
    expect(taken).toHaveLength(300);
    expect(new Set(taken).size).toBe(300);
    expect(await knex('work').select()).toEqual([]);
  });

  it('tells its own process about an enqueue, but not before a transaction ends', async () => {
    const listener = jest.fn();
    queue.onEnqueue(listener);
    await knex.transaction(transaction =>
      queue.enqueue('component:default/a', 'refresh', { transaction }),
    );
    expect(listener).not.toHaveBeenCalled();
    await queue.enqueue('component:default/a', 'refresh');
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
