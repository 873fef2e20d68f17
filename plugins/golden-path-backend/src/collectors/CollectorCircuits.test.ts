import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { CircuitStore } from '../database/CircuitStore';
import { CollectorCircuits } from './CollectorCircuits';

const signal = new AbortController().signal;
const down = new Error('503 from the forge');
const START = Date.parse('2026-11-21T10:00:00Z');

function setUp() {
  let now = START;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const write = jest.fn(async (_state: unknown) => {});
  const logger = mockServices.logger.mock();
  const circuits = new CollectorCircuits({
    store: { write } as unknown as CircuitStore,
    logger,
  });
  const run = jest.fn(async (): Promise<string> => {
    throw down;
  });
  const ask = () => circuits.ask('forge', signal, run).catch(error => error);
  const failing = async (times: number) => {
    for (let i = 0; i < times; i++) {
      now += 1000;
      await ask();
    }
  };
  return {
    circuits,
    run,
    ask,
    failing,
    write,
    logger,
    advance: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

afterEach(() => jest.restoreAllMocks());

it('leaves a collector alone that fails for many entities, and says so', async () => {
  const { ask, failing, run, write, logger } = setUp();
  await failing(25);
  const before = run.mock.calls.length;
  expect(await ask()).toEqual({
    suspended: expect.stringMatching(/'forge' fails for many.*503/),
    until: expect.any(Date),
  });
  expect(run).toHaveBeenCalledTimes(before);
  expect(before).toBeLessThan(25);
  expect(write).toHaveBeenLastCalledWith(
    expect.objectContaining({ source: 'forge', state: 'open' }),
  );
  expect(logger.error).toHaveBeenCalledTimes(1);
});

it('asks once after a pause, and goes on when that works', async () => {
  const { ask, failing, run, write, advance } = setUp();
  await failing(25);
  advance(120);
  run.mockResolvedValue('well again');
  expect(await ask()).toBe('well again');
  expect(await ask()).toBe('well again');
  expect(write).toHaveBeenLastCalledWith(
    expect.objectContaining({ state: 'closed', retryAt: undefined }),
  );
});

it('pauses longer each time it fails again', async () => {
  const { ask, failing, write, advance } = setUp();
  await failing(25);
  const pauses: number[] = [];
  for (let round = 0; round < 4; round++) {
    advance(3600);
    await ask();
    await Promise.resolve();
    const last = write.mock.lastCall![0] as { now: Date; retryAt: Date };
    pauses.push(last.retryAt.getTime() - last.now.getTime());
  }
  expect(Math.max(...pauses)).toBeLessThanOrEqual(30 * 60_000);
  expect(pauses[3]).toBeGreaterThan(pauses[0]);
});

it('goes on with few attempts, and with failures among many successes', async () => {
  const few = setUp();
  await few.failing(10);
  expect(await few.ask()).toBe(down);
  const many = setUp();
  for (let i = 0; i < 100; i++) {
    many.run.mockImplementationOnce(async () => {
      if (i % 3 === 0) {
        throw down;
      }
      return 'fine';
    });
    many.advance(1);
    await many.ask();
  }
  many.run.mockResolvedValue('fine');
  expect(await many.ask()).toBe('fine');
});

it('does not count what one entity or the backend itself is to blame for', async () => {
  const { circuits, run, ask, failing } = setUp();
  run.mockRejectedValue(new NotFoundError('no such repository'));
  await failing(50);
  expect((await ask()).name).toBe('NotFoundError');
  const aborted = AbortSignal.abort(new Error('stopping'));
  for (let i = 0; i < 50; i++) {
    await expect(circuits.ask('forge', aborted, run)).rejects.toThrow();
  }
  expect((await ask()).name).toBe('NotFoundError');
});

it('keeps collectors apart', async () => {
  const { circuits, failing } = setUp();
  await failing(25);
  expect(await circuits.ask('catalog', signal, async () => 'here')).toBe(
    'here',
  );
});
