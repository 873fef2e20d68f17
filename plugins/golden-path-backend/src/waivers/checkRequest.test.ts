import { GoldenPath } from '@goldenpath/engine';
import {
  checkPathKnowsCheck,
  checkRequestItself,
  normalEntityRef,
} from './checkRequest';

const request = {
  entityRef: 'component:default/pay',
  check: 'A',
  reason: 'waiting for the vendor',
  expires: '2026-12-31',
};
const options = { now: new Date('2026-11-21T23:59:59Z'), maxDays: 180 };

it.each(['2026-11-21', '2027-05-20'])('takes %s as the last day', expires => {
  expect(() =>
    checkRequestItself({ ...request, expires }, options),
  ).not.toThrow();
});

it.each([
  [
    { expires: '2026-11-20' },
    /is over; a waiver may end from 2026-11-21 to 2027-05-20/,
  ],
  [{ expires: '2027-05-21' }, /180 days; the latest day is 2027-05-20/],
  [{ reason: 'with a \0 in it' }, /reason must not hold a NUL/],
])('refuses %j', (change, message) => {
  expect(() => checkRequestItself({ ...request, ...change }, options)).toThrow(
    message,
  );
});

it('knows an entity by one spelling', () => {
  expect(normalEntityRef('Component:default/Pay')).toBe(
    'component:default/pay',
  );
  expect(() => normalEntityRef('pay')).toThrow(
    /'pay' is not an entity reference such as/,
  );
});

describe('the check', () => {
  const path = (name: string, ...checks: string[]) =>
    ({
      metadata: { name },
      spec: { checks: checks.map(id => ({ id })) },
    } as unknown as GoldenPath);
  const covering = [path('service', 'A', 'B'), path('library', 'C')];
  const ref = request.entityRef;

  it.each([
    [{ check: 'A' }],
    [{ check: 'C' }],
    [{ check: 'C', path: 'library' }],
  ])('%j is on a path of the entity', asked => {
    expect(() => checkPathKnowsCheck(ref, asked, covering)).not.toThrow();
  });

  it.each([
    [{ check: 'D' }, covering, /No check 'D' is on service, library; GET/],
    [
      { check: 'C', path: 'service' },
      covering,
      /'service' has no check 'C'; it is one of library/,
    ],
    [
      { check: 'A', path: 'web' },
      covering,
      /'web' does not cover .*; it is covered by service, library/,
    ],
    [{ check: 'A' }, [], /No golden path covers component:default\/pay/],
  ])('%j is not', (asked, paths, message) => {
    expect(() => checkPathKnowsCheck(ref, asked, paths)).toThrow(message);
  });
});
