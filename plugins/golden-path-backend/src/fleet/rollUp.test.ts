import { FleetGroup } from '../database/FleetStore';
import { Hierarchy } from './hierarchy';
import { rollUp } from './rollUp';

const group = (overrides: Partial<FleetGroup>): FleetGroup => ({
  owner: null,
  system: null,
  template: null,
  level: null,
  scorecards: 1,
  scored: 1,
  adjustedScored: 1,
  raw: 50,
  adjusted: 60,
  low: 50,
  high: 80,
  failing: 2,
  unknown: 1,
  withUnknown: 1,
  waived: 0,
  ...overrides,
});

const hierarchy = new Hierarchy([
  { entityRef: 'group:default/team', parentRef: 'group:default/area' },
  { entityRef: 'group:default/other', parentRef: 'group:default/area' },
  { entityRef: 'system:default/shop', parentRef: 'domain:default/sales' },
  { entityRef: 'domain:default/sales', parentRef: 'domain:default/all' },
]);

it('counts what groups below own, each result once', () => {
  const items = rollUp(
    'owner',
    [
      group({ owner: 'group:default/team', level: 'gold' }),
      group({ owner: 'group:default/team', raw: 100, scorecards: 1 }),
      group({ owner: 'group:default/other' }),
      group({ owner: null }),
    ],
    hierarchy,
  );
  expect(items.map(item => [item.key, item.scorecards, item.direct])).toEqual([
    ['group:default/area', 3, 0],
    ['group:default/other', 1, 1],
    ['group:default/team', 2, 2],
    [null, 1, 1],
  ]);
  const team = items[2];
  expect(team.parent).toBe('group:default/area');
  expect(team.levels).toEqual({ gold: 1, none: 1 });
  expect(team.score.raw).toBe(75);
});

it('finds the domain of a system, and the domains above', () => {
  const items = rollUp(
    'domain',
    [group({ system: 'system:default/shop' }), group({})],
    hierarchy,
  );
  expect(items.map(item => [item.key, item.scorecards])).toEqual([
    ['domain:default/all', 1],
    ['domain:default/sales', 1],
    [null, 1],
  ]);
});

it('means nothing where nothing has a score', () => {
  const [item] = rollUp(
    'level',
    [group({ scored: 0, adjustedScored: 0, raw: 0 })],
    hierarchy,
  );
  expect(item).toMatchObject({ key: 'none', score: { raw: null, low: null } });
});

it('ends though groups stand above each other in a circle', () => {
  const circle = new Hierarchy([
    { entityRef: 'a', parentRef: 'b' },
    { entityRef: 'b', parentRef: 'a' },
  ]);
  expect(
    rollUp('owner', [group({ owner: 'a' })], circle).map(item => [
      item.key,
      item.scorecards,
    ]),
  ).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
});
