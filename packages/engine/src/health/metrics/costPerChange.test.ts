import { deployed } from '../__fixtures__/deliveryEvents';
import { charge, run } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';

/** A deployment in the window that ships these changes. */
function shipping(id: string, ...changes: string[]) {
  return deployed(id, `2026-01-1${id.slice(1)}T12:00:00Z`, {
    sha: id,
    changes: changes.map(sha => ({ sha })),
  });
}

const FIVE = shipping('d1', 'c1', 'c2', 'c3', 'c4', 'c5');

type Events = Parameters<typeof metricsOf>[0];

function figure(events: Events, options: Parameters<typeof metricsOf>[1] = {}) {
  return metricsOf(events, options).costPerChange;
}

function partOf(metric: ReturnType<typeof figure>, name: string) {
  return metric.parts!.find(part => part.name === name);
}

describe('B6 cost per change', () => {
  it('B6 ratio: cost of the window over the changes first deployed in it', () => {
    expect(
      figure([
        charge('a'),
        FIVE,
        shipping('d2', 'c5', 'c6', 'c7'),
        deployed('old', '2025-12-20T12:00:00Z', { changes: [{ sha: 'c7' }] }),
      ]),
    ).toMatchObject({
      status: 'ok',
      // c1 to c6: c5 was shipped before, c7 before the window
      value: 280 / 6,
      numerator: 280,
      denominator: 6,
      n: 6,
      unit: 'currency',
      currency: 'USD',
      note: 'from EffectiveCost',
      evidence: ['d1-deployed', 'd2-deployed', 'a'],
    });
  });

  it('B6 prorated: a charge counts for the part of its period inside the window', () => {
    const metric = figure([
      // two of four days, all of it, none of it
      charge('a', {
        from: '2026-01-03T00:00:00Z',
        to: '2026-01-07T00:00:00Z',
        amount: 40,
      }),
      charge('b', {
        from: '2026-01-07T00:00:00Z',
        to: '2026-02-02T00:00:00Z',
        amount: 100,
      }),
      charge('c', {
        from: '2026-02-02T00:00:00Z',
        to: '2026-02-03T00:00:00Z',
        amount: 7,
      }),
      FIVE,
    ]);
    expect(metric.numerator).toBe(120);
    expect(partOf(metric, 'covered')!.value).toBe(1);
  });

  it('B6 0 changes: no data for the ratio, and the cost is still shown', () => {
    const metric = figure([charge('a')], {
      instrumented: { deployments: true },
    });
    expect(metric).toMatchObject({
      status: 'no-data',
      value: null,
      numerator: 280,
      denominator: 0,
      note: 'from EffectiveCost; no deployed change',
    });
    expect(partOf(metric, 'cost')!.value).toBe(280);
    expect(
      figure([charge('a'), deployed('d', '2026-01-10T12:00:00Z')]).note,
    ).toContain('not known what was deployed');
  });

  it('B6 one currency or none: does not add up several', () => {
    const metric = figure([
      charge('a'),
      charge('b', { currency: 'EUR' }),
      FIVE,
    ]);
    expect(metric).toMatchObject({
      status: 'no-data',
      value: null,
      note: 'charges in EUR and USD are not added up: report one currency',
      evidence: ['a', 'b'],
    });
    expect(metric.currency).toBeUndefined();
  });

  it('B6 credits and adjustments are in, tax is out', () => {
    const metric = figure([
      charge('a'),
      charge('b', { category: 'credit', amount: -30 }),
      charge('c', { category: 'adjustment', amount: 5 }),
      charge('d', { category: 'purchase', amount: 45 }),
      charge('e', { category: 'tax', amount: 57 }),
      FIVE,
    ]);
    expect(metric.numerator).toBe(300);
    expect(partOf(metric, 'credit')).toMatchObject({
      value: -30,
      note: 'in the cost',
    });
    expect(partOf(metric, 'tax')).toMatchObject({
      value: 57,
      note: 'not in the cost',
    });
    expect(metric.evidence).not.toContain('e');
  });

  it('B6 unallocated: the share of the bill is shown, weighed by time', () => {
    const metric = figure([
      charge('a', { unallocatedShare: 0.1, to: '2026-01-26T00:00:00Z' }),
      charge('b', { unallocatedShare: 0.3, from: '2026-01-26T00:00:00Z' }),
      FIVE,
    ]);
    // three weeks of 0.1 and one of 0.3
    expect(partOf(metric, 'unallocated')!.value).toBeCloseTo(0.15, 10);
  });

  it('B6 column: the note says which column the cost is from', () => {
    expect(
      figure([charge('a'), charge('b', { column: 'totalCost' }), FIVE]).note,
    ).toBe('from EffectiveCost and totalCost');
  });

  it('B6 CI cost: minutes of pipelines times the rate, a line of its own and an estimate', () => {
    const events = [
      charge('a'),
      charge('b', { line: 'ci', amount: 9 }),
      run('r1', 1, '2026-01-10T10:30:00Z', 'failure', {
        startedAt: '2026-01-10T10:00:00Z',
      }),
      run('r1', 2, '2026-01-10T11:10:00Z', 'success', {
        startedAt: '2026-01-10T11:00:00Z',
      }),
      run('r2', 1, '2026-01-10T12:00:00Z', 'success'),
      FIVE,
    ];
    const rate = (currency: string) =>
      figure(events, { ciCostPerMinute: { amount: 0.5, currency } });
    expect(partOf(rate('USD'), 'ci')).toMatchObject({
      value: 20,
      n: 2,
      estimate: true,
      note: '40 minutes at 0.5 USD; 1 run without a start time',
      evidence: ['r1-1', 'r1-2'],
    });
    expect(partOf(rate('USD'), 'ci-charged')!.value).toBe(9);
    expect(rate('USD').numerator).toBe(280);
    expect(partOf(rate('EUR'), 'ci')).toMatchObject({ value: null });
    expect(partOf(figure(events), 'ci')).toBeUndefined();
  });

  it('counts a charge that is stated again later once, as stated last', () => {
    const corrected = charge(
      'b',
      { amount: 300 },
      { at: '2026-02-04T00:00:00Z' },
    );
    expect(figure([charge('a'), corrected, FIVE]).numerator).toBe(300);
    expect(figure([charge('a'), charge('b'), FIVE]).numerator).toBe(560);
  });

  it('says where charges do not cover the window', () => {
    const metric = figure([charge('a', { to: '2026-01-19T00:00:00Z' }), FIVE]);
    expect(partOf(metric, 'covered')!.value).toBe(0.5);
    expect(metric.note).toContain('do not cover the whole window');
  });

  it('leaves out charges of another environment', () => {
    expect(
      figure([
        charge('a'),
        charge('b', { environment: { id: 'staging' } }),
        FIVE,
      ]).numerator,
    ).toBe(280);
  });

  it('tells no source from none in the window and from too few changes', () => {
    expect(figure([FIVE])).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
    const old = { from: '2025-12-01T00:00:00Z', to: '2026-01-05T00:00:00Z' };
    expect(figure([charge('a', old), FIVE])).toMatchObject({
      status: 'no-data',
      note: 'no charge in the window',
    });
    expect(figure([charge('a'), shipping('d1', 'c1')])).toMatchObject({
      status: 'insufficient',
      value: 280,
    });
  });
});
