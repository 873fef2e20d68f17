import { mockServices } from '@backstage/backend-test-utils';
import { ClaimedWork, WorkQueue } from './WorkQueue';
import { Worker } from './Worker';

/** A queue in memory with the operations a worker uses. */
class FakeQueue {
  readonly items: ClaimedWork[] = [];
  readonly complete = jest.fn(async () => true);
  readonly fail = jest.fn(async () => true);
  readonly release = jest.fn(async () => {});
  claim = jest.fn(async ({ limit }: { limit: number }) =>
    this.items.splice(0, limit),
  );
  wake: () => void = () => {};

  onEnqueue(listener: () => void) {
    this.wake = listener;
  }

  add(...names: string[]) {
    for (const name of names) {
      this.items.push({
        entityRef: name,
        reasons: ['refresh'],
        leaseId: 'lease',
        version: 1,
        attempts: 0,
      });
    }
    this.wake();
  }
}

function setUp(
  process: (work: ClaimedWork, signal: AbortSignal) => Promise<void>,
  concurrency = 2,
  leaseSeconds = 300,
) {
  const queue = new FakeQueue();
  const worker = new Worker({
    queue: queue as unknown as WorkQueue,
    logger: mockServices.logger.mock(),
    process,
    concurrency,
    leaseSeconds,
    pollSeconds: 3600,
  });
  worker.start();
  return { queue, worker };
}

async function until(condition: () => boolean) {
  while (!condition()) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

it('is woken by an enqueue without waiting for its next poll', async () => {
  const process = jest.fn(async () => {});
  const { queue, worker } = setUp(process);
  await until(() => queue.claim.mock.calls.length > 0);
  queue.add('a');
  await until(() => queue.complete.mock.calls.length === 1);
  expect(process).toHaveBeenCalledTimes(1);
  await worker.stop();
});

it('processes no more at once than it may', async () => {
  let running = 0;
  let most = 0;
  const { queue, worker } = setUp(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(resolve => setImmediate(resolve));
    running -= 1;
  }, 3);
  queue.add('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  await until(() => queue.complete.mock.calls.length === 8);
  expect(most).toBe(3);
  await worker.stop();
});

it('gives back what fails and goes on with the rest', async () => {
  const { queue, worker } = setUp(async work => {
    if (work.entityRef === 'bad') {
      throw new Error('broken');
    }
  });
  queue.add('bad', 'good');
  await until(
    () =>
      queue.fail.mock.calls.length === 1 &&
      queue.complete.mock.calls.length === 1,
  );
  expect(queue.fail).toHaveBeenCalledWith(
    expect.objectContaining({ entityRef: 'bad' }),
    'broken',
  );
  await worker.stop();
});

it('goes on after a claim that failed', async () => {
  const { queue, worker } = setUp(async () => {});
  await until(() => queue.claim.mock.calls.length > 0);
  queue.claim.mockRejectedValueOnce(new Error('connection lost'));
  queue.add('a');
  await until(() => queue.claim.mock.calls.length > 1);
  queue.wake();
  await until(() => queue.complete.mock.calls.length === 1);
  expect(queue.complete).toHaveBeenCalledTimes(1);
  await worker.stop();
});

it('aborts what runs when stopped, and releases it without counting a failure', async () => {
  let begun = false;
  const { queue, worker } = setUp(
    (_work, signal) =>
      new Promise((_, reject) => {
        begun = true;
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  queue.add('a');
  await until(() => begun);
  await worker.stop();
  expect(queue.release).toHaveBeenCalledTimes(1);
  expect(queue.fail).not.toHaveBeenCalled();
});

it('does not wait for what ignores its signal, neither for others nor to stop', async () => {
  const { queue, worker } = setUp(
    work =>
      work.entityRef === 'hangs' ? new Promise(() => {}) : Promise.resolve(),
    1,
    0.01,
  );
  queue.add('hangs', 'good');
  await until(() => queue.complete.mock.calls.length === 1);
  expect(queue.fail).toHaveBeenCalledWith(
    expect.objectContaining({ entityRef: 'hangs' }),
    'The evaluation took too long',
  );
  queue.add('hangs');
  await worker.stop();
});

it('keeps secrets and statements out of what it stores', async () => {
  const { queue, worker } = setUp(async () => {
    throw new Error('GET https://bot:s3cret@git.example.com failed');
  });
  queue.add('a');
  await until(() => queue.fail.mock.calls.length === 1);
  expect(JSON.stringify(queue.fail.mock.calls)).not.toContain('s3cret');
  await worker.stop();
});
