import { raceAbort, withDeadline } from './withDeadline';

const never = () => new Promise<never>(() => {});

it('gives what came in time, or the error', async () => {
  const options = { ms: 60_000, message: 'late' };
  expect(await withDeadline({ ...options, run: async () => 1 })).toBe(1);
  await expect(
    withDeadline({
      ...options,
      run: async () => {
        throw new Error('broken');
      },
    }),
  ).rejects.toThrow('broken');
});

it('gives up what does not listen, and tells it', async () => {
  let given: AbortSignal | undefined;
  await expect(
    withDeadline({
      ms: 1,
      message: 'too slow',
      run: signal => {
        given = signal;
        return never();
      },
    }),
  ).rejects.toThrow('too slow');
  expect(given?.aborted).toBe(true);
});

it('ends with the signal of its caller', async () => {
  const caller = new AbortController();
  const running = withDeadline({
    ms: 60_000,
    message: 'late',
    signal: caller.signal,
    run: never,
  });
  caller.abort(new Error('stopping'));
  await expect(running).rejects.toThrow('stopping');
});

it('does not begin to wait once the signal is aborted', async () => {
  await expect(
    raceAbort(AbortSignal.abort(new Error('gone')), never()),
  ).rejects.toThrow('gone');
});
