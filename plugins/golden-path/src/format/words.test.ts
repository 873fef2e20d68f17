import { countText } from './count';
import { entityName } from './entityName';
import { outsideName } from './outsideName';
import { signedPoints } from './points';
import { changePartText } from './scoreChange';
import { rawAndAdjusted } from './score';
import { stageText } from './stage';

it.each([
  [3, '+3'],
  [-7.5, '−7.5'],
  [0, '±0'],
  [1e-12, '±0'],
  [0.04, '+less than 0.1'],
  [-0.04, '−less than 0.1'],
  [33.333333, '+33.3'],
])('signs %s points', (points, text) => {
  expect(signedPoints(points)).toBe(text);
});

it.each([
  ['openssf:CI-Tests', 'OpenSSF Scorecard: CI-Tests'],
  ['SLSA:build-l2', 'SLSA: build-l2'],
  ['house:rule', 'house:rule'],
  ['openssf', 'openssf'],
])('names %s as it is known outside', (name, text) => {
  expect(outsideName(name)).toBe(text);
});

it('names entities without what goes without saying', () => {
  expect(entityName('group:default/shop')).toBe('shop');
  expect(entityName('group:team/shop')).toBe('team/shop');
  expect(entityName('the shop team')).toBe('the shop team');
});

it('counts with the right number', () => {
  expect(countText(1, 'row')).toBe('1 row');
  expect(countText(1200, 'entity', 'entities')).toBe('1,200 entities');
});

it('says from when a rule counts', () => {
  expect(stageText({ stage: 'enforce' })).toBe('Counts');
  expect(
    stageText({ stage: 'warn', enforceFrom: '2027-01-01T00:00:00Z' }),
  ).toBe('Announced, counts from 2027-01-01');
  expect(stageText({ stage: 'shadow', enforceFrom: '2027-01-01' })).toBe(
    'Trial, counts nowhere',
  );
});

it('says where a change of score comes from, naming only some checks', () => {
  const check = (id: string, to: 'pass' | null = 'pass') => ({
    id,
    from: 'fail' as const,
    to,
  });
  expect(
    changePartText({
      cause: 'service',
      raw: 12.5,
      adjusted: 12.5,
      checks: ['A', 'B', 'C', 'D', 'E', 'F'].map(id => check(id)),
    }),
  ).toBe(
    '+12.5 from the service: A fail → pass, B fail → pass, C fail → pass, D fail → pass and 2 more',
  );
  expect(
    changePartText({
      cause: 'standard',
      raw: 0,
      adjusted: 3,
      checks: [check('A', null)],
    }),
  ).toBe('±0 (+3 adjusted) from the standard: A removed');
  expect(
    changePartText({ cause: 'waiver', raw: 0, adjusted: 4, checks: [] }),
  ).toBe('±0 (+4 adjusted) from an exception');
});

it('gives the raw and the adjusted score where there is one', () => {
  expect(
    rawAndAdjusted({ raw: 62.44, adjusted: null, low: 62, high: 70 }),
  ).toEqual({ raw: '62.4', adjusted: 'none' });
  expect(
    rawAndAdjusted({ raw: null, adjusted: null, low: null, high: null }),
  ).toBeUndefined();
});
