import { type CostEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { TranslationError } from '../translationError';
import { type OpencostInput, translateOpencost } from './translateOpencost';

const AT = new Date('2026-11-20T10:00:00Z');
const day = (start: string, end: string) => ({
  window: { start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` },
});
const FIRST = day('2026-11-18', '2026-11-19');
const SECOND = day('2026-11-19', '2026-11-20');

const translate = (data: unknown, more: Partial<OpencostInput> = {}) =>
  translateOpencost({
    allocation: { code: 200, data },
    entityOf: name =>
      name.startsWith('pay') ? 'component:default/pay' : undefined,
    at: AT,
    ...more,
  });

it('charges each entity for each set, and says what went to nobody', () => {
  const { events, skipped } = translate([
    {
      pay: { name: 'pay', ...FIRST, minutes: 1440, totalCost: 3 },
      'pay-worker': { name: 'pay-worker', ...FIRST, totalCost: 1 },
      batch: { name: 'batch', ...FIRST, totalCost: 2 },
      __unallocated__: { ...FIRST, totalCost: 1 },
      __idle__: { ...FIRST, totalCost: 1 },
    },
    null,
    { pay: { name: 'pay', ...SECOND, totalCost: 0 } },
  ]);
  expect(
    events.map(event => (parseDeliveryEvent(event) as CostEvent).cost),
  ).toEqual([
    {
      ...{ from: '2026-11-18T00:00:00.000Z', to: '2026-11-19T00:00:00.000Z' },
      ...{ amount: 4, currency: 'USD', category: 'usage', line: 'run' },
      ...{ column: 'totalCost', unallocatedShare: 0.5 },
    },
    {
      ...{ from: '2026-11-19T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z' },
      ...{ amount: 0, currency: 'USD', category: 'usage', line: 'run' },
      column: 'totalCost',
    },
  ]);
  expect(skipped.map(({ what }) => what)).toEqual([
    '__idle__',
    '__unallocated__',
    'batch',
  ]);
});

it('tells clusters apart, and says a later answer about a period later', () => {
  const data = [{ pay: { ...FIRST, totalCost: 3 } }];
  const of = (more: Partial<OpencostInput>) =>
    translate(data, { currency: 'EUR', ...more }).events[0].context;
  expect(of({ cluster: 'a' }).source).not.toBe(of({ cluster: 'b' }).source);
  expect(of({ at: new Date('2026-11-21T00:00:00Z') }).id).toBe(of({}).id);
});

it('gives nobody what is idle, also where the caller knows an entity for every name', () => {
  const data = [{ __idle__: { ...FIRST, totalCost: 3 } }];
  const entityOf = () => 'component:default/pay';
  expect(translate(data, { entityOf }).events).toEqual([]);
});

it('makes no event of an answer without allocations', () => {
  expect(translate([{}])).toEqual({
    events: [],
    skipped: [{ what: 'OpenCost allocation', reason: expect.any(String) }],
  });
});

it.each([
  ['an error', { allocation: { code: 400, data: [] } }, /code: must be 200/],
  ['another document', { allocation: { costs: [] } }, /data: must be a list/],
  [
    'a cost that is none',
    { allocation: { data: [{ pay: { ...FIRST, totalCost: null } }] } },
    /data\.0\.pay\.totalCost: must be a number/,
  ],
])('refuses %s, naming the field', (_what, more, message) => {
  expect(() => translate([], more)).toThrow(TranslationError);
  expect(() => translate([], more)).toThrow(message);
});
