import { Coalescer } from './Coalescer';

function deferred() {
  let resolve!: () => void;
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

it('does alone what comes alone, and together what comes meanwhile, up to a size', async () => {
  const calls: number[][] = [];
  const gate = deferred();
  const coalescer = new Coalescer<number, number>({
    async work(items) {
      calls.push(items);
      await gate.promise;
      return items.map(item => item * 2);
    },
    sizeOf: item => item,
    mostSize: 10,
  });
  const results = [1, 4, 6, 20, 2, 3].map(item => coalescer.run(item));
  expect(calls).toEqual([[1]]);
  gate.resolve();
  expect(await Promise.all(results)).toEqual([2, 8, 12, 40, 4, 6]);
  expect(calls).toEqual([[1], [4, 6], [20], [2, 3]]);
});

it('tries each alone when several fail, and none when the error concerns all', async () => {
  let isDown = false;
  const calls: number[][] = [];
  const coalescer = new Coalescer<number, number>({
    async work(items) {
      calls.push(items);
      await Promise.resolve();
      if (isDown) {
        throw new Error('down');
      }
      if (items.includes(3)) {
        throw new Error('bad');
      }
      return items;
    },
    mostSize: 10,
    concernsAll: error => (error as Error).message === 'down',
  });
  const run = (items: number[]) =>
    Promise.allSettled(items.map(item => coalescer.run(item)));
  const states = (await run([1, 2, 3, 4])).map(({ status }) => status);
  expect(states).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(calls).toEqual([[1], [2, 3, 4], [2], [3], [4]]);

  // The one before has ended once its caller knows and the next turn began
  await new Promise(resolve => setImmediate(resolve));
  isDown = true;
  calls.length = 0;
  const refused = await run([1, 2, 4]);
  expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
  expect(calls).toEqual([[1], [2, 4]]);
});
