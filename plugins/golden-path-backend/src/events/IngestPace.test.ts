import { IngestPace } from './IngestPace';

it('is busy while many events come, and for a second after', () => {
  let now = 10_000;
  const pace = new IngestPace({ now: () => now });
  expect(pace.isBusy()).toBe(false);
  pace.record(200);
  expect(pace.isBusy()).toBe(false);
  pace.record(100);
  expect(pace.isBusy()).toBe(true);
  now = 11_500;
  expect(pace.isBusy()).toBe(true);
  now = 12_000;
  expect(pace.isBusy()).toBe(false);
  pace.record(1_000);
  now = 20_000;
  expect(pace.isBusy()).toBe(false);
});

it('waits for a calm moment, and no longer than it may', async () => {
  let now = 10_000;
  const pace = new IngestPace({ now: () => (now += 10) });
  await pace.calm(1_000);
  pace.record(1_000);
  const before = now;
  await pace.calm(100);
  expect(now - before).toBeGreaterThanOrEqual(100);
  expect(now - before).toBeLessThan(500);
});
