import { isWaiverValid, waiversByCheck } from './waiver';

const waiver = { check: 'A', reason: 'r', owner: 'o', expires: '2026-11-21' };

it.each([
  ['2026-11-21T00:00:00Z', true],
  ['2026-11-21T23:59:59.999Z', true],
  ['2026-11-22T00:00:00Z', false],
  ['2026-11-22T00:30:00+02:00', true],
])('at %s a waiver until 2026-11-21 holds: %p', (now, holds) => {
  expect(isWaiverValid(waiver, new Date(now))).toBe(holds);
});

it('holds never when its date cannot be read', () => {
  expect(isWaiverValid({ ...waiver, expires: 'soon' }, new Date(0))).toBe(
    false,
  );
});

it('takes the longest of several for one check, whatever their order', () => {
  const longer = { ...waiver, expires: '2027-01-01' };
  const other = { ...longer, reason: 'a' };
  const now = new Date('2026-11-21T00:00:00Z');
  const expected = new Map([['A', longer]]);
  expect(waiversByCheck([waiver, longer, other], now)).toEqual(expected);
  expect(waiversByCheck([other, longer, waiver], now)).toEqual(expected);
});

it('leaves out those that have expired and those of files', () => {
  const now = new Date('2027-01-01T00:00:00Z');
  const ofFile = { path: 'a', reason: 'r', owner: 'o', expires: '2028-01-01' };
  expect(waiversByCheck([waiver, ofFile], now).size).toBe(0);
});
