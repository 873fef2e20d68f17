import fs from 'node:fs';
import path from 'node:path';
import { type CostEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { TranslationError } from '../translationError';
import { type FocusInput, translateFocus } from './translateFocus';

const AT = new Date('2024-10-01T06:00:00Z');
const SAMPLE = fs.readFileSync(
  path.join(__dirname, '__fixtures__', 'focus_1.0_sample.csv'),
  'utf8',
);

const translate = (csv: string, more: Partial<FocusInput> = {}) =>
  translateFocus({
    csv,
    tagKeys: ['application', 'CostCenter'],
    entityOf: ({ tag }) => tag && `component:default/${tag.toLowerCase()}`,
    at: AT,
    ...more,
  });

const chargesOf = (csv: string, more: Partial<FocusInput> = {}) =>
  translate(csv, more).events.map(event => {
    const { entityRef, source, at, cost } = parseDeliveryEvent(
      event,
    ) as CostEvent;
    return { entityRef, source, at, ...cost };
  });

const COLUMNS = [
  ...['EffectiveCost', 'ChargePeriodStart', 'ChargePeriodEnd'],
  ...['ChargeCategory', 'BillingCurrency', 'Tags', 'ResourceId'],
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** A file with these rows, each a usage of an hour of one application unless it says otherwise. */
function file(...rows: Row[]): string {
  const base: Record<(typeof COLUMNS)[number], string> = {
    EffectiveCost: '1.5',
    ChargePeriodStart: '2024-09-05T10:00:00Z',
    ChargePeriodEnd: '2024-09-05T11:00:00Z',
    ChargeCategory: 'Usage',
    BillingCurrency: 'EUR',
    Tags: '{"application":"Pay"}',
    ResourceId: 'NULL',
  };
  const line = (values: string[]) =>
    values.map(value => `"${value.replaceAll('"', '""')}"`).join(',');
  return [
    line([...COLUMNS]),
    ...rows.map(row => line(COLUMNS.map(name => ({ ...base, ...row }[name])))),
  ].join('\n');
}

describe('the sample of FOCUS 1.0', () => {
  it('takes EffectiveCost, whatever was billed, and gives nobody what has no tag', () => {
    const { events, skipped } = translate(SAMPLE);
    expect(skipped).toEqual([
      { what: '8 of 24 charges', reason: expect.stringMatching(/unallocated/) },
    ]);
    const charges = chargesOf(SAMPLE);
    expect(charges).toHaveLength(events.length);
    const sum = charges.reduce((total, { amount }) => total + amount, 0);
    // BilledCost of the same rows is 1.85
    expect(sum).toBeCloseTo(1.580907678, 9);
    expect(charges).toContainEqual({
      entityRef: 'component:default/safeconsolesync',
      source: expect.stringMatching(/^\/focus\/Oracle\/./),
      at: AT,
      ...{ from: '2024-09-12T00:00:00.000Z', to: '2024-09-13T00:00:00.000Z' },
      ...{ amount: 0, currency: 'USD', category: 'adjustment', line: 'run' },
      column: 'EffectiveCost',
    });
  });

  it('finds an entity by resource where the caller knows it', () => {
    const charges = chargesOf(SAMPLE, {
      entityOf: ({ resourceId }) =>
        resourceId?.endsWith('/analyticsengine')
          ? 'component:default/analytics'
          : undefined,
    });
    expect(charges).toEqual([
      expect.objectContaining({
        amount: 1.58088,
        unallocatedShare: expect.closeTo(0.0081, 3),
      }),
    ]);
  });
});

it('adds up the charges of a day by entity, category and currency', () => {
  const csv = file(
    { EffectiveCost: '1.5' },
    {
      ...{ EffectiveCost: '2.25', ChargePeriodStart: '2024-09-05T23:00:00Z' },
      ChargePeriodEnd: '2024-09-06T00:00:00Z',
    },
    { EffectiveCost: '-0.5', ChargeCategory: 'Credit' },
    { EffectiveCost: '7', ChargeCategory: 'Tax' },
    { EffectiveCost: '3', BillingCurrency: 'USD' },
    { EffectiveCost: '4', Tags: '{"costcenter":"other"}' },
    {
      ...{ EffectiveCost: '8', ChargePeriodStart: '2024-09-06 00:00:00' },
      ChargePeriodEnd: '2024-09-06 01:00:00',
    },
  );
  expect(
    chargesOf(csv).map(({ entityRef, from, amount, currency, category }) => [
      ...[entityRef!.split('/')[1], from.slice(0, 10), amount, currency],
      category,
    ]),
  ).toEqual([
    ['pay', '2024-09-05', 3.75, 'EUR', 'usage'],
    ['pay', '2024-09-05', -0.5, 'EUR', 'credit'],
    ['pay', '2024-09-05', 7, 'EUR', 'tax'],
    ['pay', '2024-09-05', 3, 'USD', 'usage'],
    ['other', '2024-09-05', 4, 'EUR', 'usage'],
    ['pay', '2024-09-06', 8, 'EUR', 'usage'],
  ]);
});

it('honours offsets, and leaves a charge over more than a day its period', () => {
  const csv = file(
    {
      ChargePeriodStart: '2024-09-05T23:30:00-01:00',
      ChargePeriodEnd: '2024-09-06T00:30:00-01:00',
    },
    {
      ChargePeriodStart: '2024-09-01T00:00:00Z',
      ChargePeriodEnd: '2024-10-01T00:00:00Z',
    },
  );
  expect(chargesOf(csv).map(({ from, to }) => [from, to])).toEqual([
    ['2024-09-01T00:00:00.000Z', '2024-10-01T00:00:00.000Z'],
    ['2024-09-06T00:00:00.000Z', '2024-09-07T00:00:00.000Z'],
  ]);
});

it('says which share of the day went to nobody, credits counted by their size', () => {
  const csv = file(
    { EffectiveCost: '6' },
    { EffectiveCost: '3', Tags: 'NULL' },
    { EffectiveCost: '-1', Tags: '', ChargeCategory: 'Credit' },
  );
  expect(chargesOf(csv)[0].unallocatedShare).toBeCloseTo(0.4, 12);
});

it('is the same event when the file comes again, and a later one when the amount was corrected', () => {
  const idsOf = (csv: string, at: Date) =>
    translate(csv, { at }).events.map(({ context }) => context.id);
  const later = new Date('2024-10-02T06:00:00Z');
  const first = file({});
  expect(idsOf(first, AT)).toEqual(idsOf(first, later));
  const corrected = file({ EffectiveCost: '2' });
  expect(idsOf(first, AT)).not.toEqual(idsOf(corrected, later));
});

it('reads a file with a byte order mark, and one without charges', () => {
  expect(chargesOf(`\uFEFF${file({})}`)).toHaveLength(1);
  expect(translate(file())).toEqual({
    events: [],
    skipped: [{ what: 'FOCUS file', reason: 'it has no charges' }],
  });
});

it.each([
  [
    'no heading',
    'a,b\n1,2',
    /columns BillingCurrency, .*EffectiveCost are missing/,
  ],
  [
    'no amount',
    file({}, { EffectiveCost: 'NULL' }),
    /line 3, EffectiveCost: must be a number/,
  ],
  ['no currency', file({ BillingCurrency: 'euro' }), /line 2, BillingCurrency/],
  [
    'another category',
    file({ ChargeCategory: 'Gift' }),
    /line 2, ChargeCategory/,
  ],
  [
    'a time that is none',
    file({ ChargePeriodStart: 'soon' }),
    /line 2, ChargePeriodStart/,
  ],
  [
    'an empty period',
    file({ ChargePeriodEnd: '2024-09-05T10:00:00Z' }),
    /ChargePeriodEnd: must be after/,
  ],
  [
    'tags that are none',
    file({ Tags: 'a=b' }),
    /line 2, Tags: must be a JSON object/,
  ],
  ['a row that is too short', `${file({})}\n"1"`, /FOCUS file: .*column/i],
  [
    'too large a file',
    ' '.repeat(50_000_001),
    /50000001 characters long; at most 50000000/,
  ],
])(
  'refuses the whole of a file with %s, naming the place',
  (_what, csv, message) => {
    expect(() => translate(csv)).toThrow(TranslationError);
    expect(() => translate(csv)).toThrow(message);
  },
);
