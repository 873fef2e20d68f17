import { nextCheckAt } from './nextCheckAt';

const now = new Date('2026-11-21T10:00:00Z');

it.each([
  [0, 60],
  [5 * 60, 60],
  [60 * 60, 6 * 60],
  [24 * 60 * 60, 60 * 60],
])('after %d unchanged seconds it asks in %d', (age, wait) => {
  const since = new Date(now.getTime() - age * 1000);
  expect((nextCheckAt({ since, now }).getTime() - now.getTime()) / 1000).toBe(
    wait,
  );
});
