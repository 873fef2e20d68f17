import { nextAttemptAt } from './backoff';

const now = new Date('2026-11-21T10:00:00Z');

it.each([
  [1, '2026-11-21T10:00:15.000Z'],
  [2, '2026-11-21T10:00:30.000Z'],
  [5, '2026-11-21T10:04:00.000Z'],
  [9, '2026-11-21T11:00:00.000Z'],
  [5000, '2026-11-21T11:00:00.000Z'],
])('tries again after failure %d at %s', (attempts, expected) => {
  expect(nextAttemptAt({ attempts, now }).toISOString()).toBe(expected);
});
