import { ChangeChecks, combineChecks } from './combineChecks';

it.each<[ChangeChecks[], ChangeChecks]>([
  [[], 'unknown'],
  [['passing', 'passing'], 'passing'],
  [['passing', 'unknown'], 'unknown'],
  [['unknown', 'pending', 'passing'], 'pending'],
  [['passing', 'pending', 'failing', 'unknown'], 'failing'],
])('says of %j %s', (each, all) => {
  expect(combineChecks(each)).toBe(all);
});
