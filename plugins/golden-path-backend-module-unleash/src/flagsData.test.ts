import type { FlagObservation } from '@goldenpath/engine';
import { flagsDataOf } from './flagsData';

const NOW = new Date('2026-11-21T10:00:00Z');
const ago = (days: number) =>
  new Date(NOW.getTime() - days * 86_400_000).toISOString();
const flag = (key: string, more: Partial<FlagObservation> = {}) =>
  ({
    ...{ key, type: 'release', stale: false, archived: false, enabled: true },
    createdAt: ago(10),
    ...more,
  } as FlagObservation);
const dataOf = (flags: FlagObservation[], types: [string, string][] = []) =>
  flagsDataOf(flags, {
    ...{ environment: 'production', now: NOW, types: new Map(types) },
    lifetimes: new Map([
      ['release', 40],
      ['operational', 7],
      ['kill-switch', null],
      ['sunset', 90],
    ]),
  });

it('counts flags, and lists those to clean up', () => {
  const data = dataOf([
    flag('young', { lastEvaluatedAt: ago(1) }),
    flag('old and used', { createdAt: ago(50.5), lastEvaluatedAt: ago(1) }),
    flag('old and unused', { createdAt: ago(50.5), lastEvaluatedAt: ago(20) }),
    flag('old and never used', { createdAt: ago(41), enabled: false }),
    flag('unused, and not old', { lastEvaluatedAt: ago(9) }),
    flag('marked', { stale: true, lastEvaluatedAt: ago(1) }),
    flag('long-lived', {
      type: 'kill-switch',
      createdAt: ago(900),
      stale: true,
    }),
  ]);
  expect(data).toMatchObject({
    ...{ environment: 'production', active: 7, enabled: 6 },
    ...{ marked: 2, overdue: 3 },
  });
  expect(data.stale).toEqual([
    {
      ...{ key: 'old and unused', type: 'release', marked: false },
      ...{ ageDays: 50, overdueDays: 10, lastEvaluatedAt: ago(20) },
    },
    {
      ...{ key: 'old and never used', type: 'release', marked: false },
      ...{ ageDays: 41, overdueDays: 1 },
    },
    {
      ...{ key: 'marked', type: 'release', marked: true },
      ...{ ageDays: 10, overdueDays: 0, lastEvaluatedAt: ago(1) },
    },
  ]);
});

it('takes no flag for unused where nobody tells of evaluations', () => {
  expect(dataOf([flag('old', { createdAt: ago(400) })])).toMatchObject({
    overdue: 1,
    stale: [],
  });
});

it('goes by the lifetime of the type that Unleash knows it by', () => {
  const old = flag('a', { createdAt: ago(60) });
  expect(dataOf([old]).overdue).toBe(1);
  expect(dataOf([old], [['a', 'sunset']]).overdue).toBe(0);
  expect(dataOf([old], [['a', 'unheard-of']]).overdue).toBe(0);
});
