import { measured, type Measured } from '../__fixtures__/ownEvents';
import { metricsOf } from '../__fixtures__/report';
import type { DeliveryEvent, SloEvent } from '../deliveryEvent';
import { burnAlertRules, burnThreshold } from '../slo/alertRules';
import { burnAlertStates } from '../slo/alertStates';
import { countByMethod } from '../slo/budgetingMethods';
import { burnRateOf, errorRateOf, exhaustionHours } from '../slo/burnRate';
import { errorBudgetOf } from '../slo/errorBudgetOf';

const HOUR = 3600;
const DAY = 24 * HOUR;
const NOW = new Date('2026-02-02T00:00:00Z');
const AT = '2026-02-01T23:55:00Z';

const budgetOf = (options: Measured, at = AT) =>
  errorBudgetOf([measured(at, options) as SloEvent], { now: NOW })!;

const statesOf = (options: Measured) =>
  burnAlertStates((measured(AT, options) as SloEvent).slo).map(
    ({ severity, state }) => `${severity} ${state}`,
  );

const metricOf = (...events: DeliveryEvent[]) =>
  metricsOf(events, { now: NOW }).errorBudget;

describe('B4 arithmetic', () => {
  it('B4 budget 1 - slo, burn, consumed, remaining and hours left', () => {
    const budget = budgetOf({
      // 99.9 % over 30 days: 400 of 1,000,000 are 0.04 %, 40 % of the budget of 0.1 %
      windows: { [30 * DAY]: [400, 1_000_000], [HOUR]: [4, 2_000] },
    });
    expect(budget.errorRate).toBe(0.0004);
    expect(budget.consumed).toBeCloseTo(0.4, 10);
    expect(budget.remaining).toBeCloseTo(0.6, 10);
    // 0.2 % in the last hour burns at 2: 0.6 * 720 h / 2
    expect(budget.burnRates.map(({ burnRate }) => burnRate)).toEqual([
      expect.closeTo(2, 10),
      expect.closeTo(0.4, 10),
    ]);
    expect(budget.hoursLeft).toBeCloseTo(216, 8);
  });

  it('B4 remaining may be negative, and nothing is left then', () => {
    const budget = budgetOf({
      windows: { [30 * DAY]: [1_500, 1_000_000], [HOUR]: [1, 1_000] },
    });
    expect(budget.remaining).toBeCloseTo(-0.5, 10);
    expect(budget.hoursLeft).toBe(0);
  });

  it('B4 a budget that does not burn has no end', () => {
    expect(
      budgetOf({ windows: { [30 * DAY]: [1, 1_000_000], [HOUR]: [0, 1_000] } })
        .hoursLeft,
    ).toBeNull();
  });

  it.each([
    [1, 30 * 24],
    [2, 15 * 24],
    [10, 3 * 24],
    // 43 minutes and 12 seconds
    [1_000, 0.72],
  ])('B4 exhaustion at 30 days: burn %d lasts %d h', (burnRate, hours) => {
    expect(exhaustionHours({ periodDays: 30, burnRate })).toBeCloseTo(
      hours,
      10,
    );
  });

  it('B4 trap: 10 % of errors against 0.1 % burn 100 times, not 1000 times', () => {
    expect(burnRateOf(0.1, 0.999)).toBeCloseTo(100, 8);
    // one hour of it is 1/7.2 of a budget of 30 days, 13.9 %
    expect(burnRateOf(0.1, 0.999)! / (30 * 24)).toBeCloseTo(1 / 7.2, 8);
  });

  it('B4 no traffic is neither 0 nor not a number', () => {
    expect(errorRateOf({ seconds: HOUR, bad: 0, valid: 0 })).toBeNull();
    expect(errorRateOf({ seconds: HOUR, errorRate: null })).toBeNull();
    expect(burnRateOf(null, 0.999)).toBeNull();
    const budget = budgetOf({
      windows: { [30 * DAY]: [0, 0], [HOUR]: [0, 0] },
    });
    expect(budget).toMatchObject({
      status: 'no-data',
      remaining: null,
      consumed: null,
      hoursLeft: null,
      note: expect.stringContaining('no traffic in the period'),
    });
  });
});

describe('B4 budgeting methods of OpenSLO', () => {
  // of four minutes one has no traffic; 2 of 10, 0 of 1,000 and 1 of 2 are bad
  const slices = [
    { bad: 2, valid: 10 },
    { bad: 0, valid: 1_000 },
    { bad: 0, valid: 0 },
    { bad: 1, valid: 2 },
  ];

  it('B4 Occurrences counts events', () => {
    expect(countByMethod({ method: 'Occurrences', slices })).toEqual({
      bad: 3,
      valid: 1_012,
    });
  });

  it('B4 Timeslices counts slices below their own target', () => {
    const count = (sliceTarget: number) =>
      countByMethod({ method: 'Timeslices', slices, sliceTarget });
    expect(count(0.9)).toEqual({ bad: 2, valid: 3 });
    // 8 of 10 are good: at the target is good
    expect(count(0.8)).toEqual({ bad: 1, valid: 3 });
    expect(() => countByMethod({ method: 'Timeslices', slices })).toThrow(
      'timeSliceTarget',
    );
  });

  it('B4 RatioTimeslices weighs every slice the same', () => {
    expect(countByMethod({ method: 'RatioTimeslices', slices })).toEqual({
      bad: 0.7,
      valid: 3,
    });
  });

  it('B4 the budget of time slices is one of time', () => {
    // 99.5 % of 43,200 minutes: 216 minutes may be bad, 108 were
    const budget = budgetOf({
      target: 0.995,
      method: 'Timeslices',
      windows: { [30 * DAY]: [108, 43_200] },
    });
    expect(budget).toMatchObject({
      method: 'Timeslices',
      remaining: expect.closeTo(0.5, 10),
    });
  });
});

describe('B4 burn-rate alerts', () => {
  it('B4 thresholds p * periodHours / L: the official table for 30 days', () => {
    expect(
      burnAlertRules(30).map(rule => [
        rule.severity,
        rule.longSeconds,
        rule.shortSeconds,
        Number(rule.threshold.toFixed(10)),
        rule.budgetShare,
      ]),
    ).toEqual([
      ['page', HOUR, 300, 14.4, 0.02],
      ['page', 6 * HOUR, 1_800, 6, 0.05],
      ['ticket', DAY, 2 * HOUR, 3, 0.1],
      ['ticket', 3 * DAY, 6 * HOUR, 1, 0.1],
    ]);
  });

  it('B4 thresholds for 28 days: 13.44, 5.6, 2.8, 0.933', () => {
    expect(burnAlertRules(28).map(({ threshold }) => threshold)).toEqual([
      expect.closeTo(13.44, 10),
      expect.closeTo(5.6, 10),
      expect.closeTo(2.8, 10),
      expect.closeTo(0.9333333333, 8),
    ]);
    expect(
      burnThreshold({ budgetShare: 0.02, periodDays: 28, hours: 1 }),
    ).toBeCloseTo(13.44, 10);
  });

  it('B4 short = long / 12', () => {
    for (const { longSeconds, shortSeconds } of burnAlertRules(28)) {
      expect(longSeconds / shortSeconds).toBe(12);
    }
  });

  it("B4 Pyrra's table is a preset, not mixed with the other", () => {
    expect(
      burnAlertRules(28, 'pyrra').map(rule => [
        rule.threshold,
        rule.longSeconds,
      ]),
    ).toEqual([
      [14, HOUR],
      [7, 6 * HOUR],
      [2, DAY],
      [1, 4 * DAY],
    ]);
  });

  it('B4 an unsupported period is an error, not a default', () => {
    expect(() => burnAlertRules(7)).toThrow('period of 7 days; use 28 or 30');
    const budget = budgetOf({
      periodDays: 14,
      windows: { [14 * DAY]: [1, 10_000], [HOUR]: [500, 1_000] },
    });
    expect(new Set(budget.alerts.map(({ state }) => state))).toEqual(
      new Set(['unknown']),
    );
    expect(budget.note).toContain('no burn-rate alerts are defined');
    // the budget itself needs no table
    expect(budget).toMatchObject({
      status: 'ok',
      remaining: expect.closeTo(0.9, 8),
    });
  });

  const both = (
    long: readonly [number, number],
    short: readonly [number, number],
  ) => ({ windows: { [HOUR]: long, 300: short } });

  it('B4 fires when both windows are strictly above the threshold', () => {
    // 14.4 * 0.1 % = 1.44 %
    expect(statesOf(both([150, 10_000], [15, 1_000]))[0]).toBe('page firing');
    expect(statesOf(both([150, 10_000], [14, 1_000]))[0]).toBe('page quiet');
    expect(statesOf(both([140, 10_000], [15, 1_000]))[0]).toBe('page quiet');
  });

  it.each([
    // 14.4 * 0.01 %, where 0.02 * 720 h is a little less than 14.4 in binary fractions
    [0.9999, 14_400, 10_000_000],
    [0.999, 144, 10_000],
    // 14.4 * 1 %, and 14.4 * 5 %
    [0.99, 144, 1_000],
    [0.95, 72, 100],
  ])(
    'B4 a burn rate at the threshold does not fire: %d with %d of %d',
    (target, bad, valid) => {
      const state = (more: number) =>
        statesOf({
          target,
          ...both([bad + more, valid], [bad + more, valid]),
        })[0];
      expect(state(0)).toBe('page quiet');
      expect(state(1)).toBe('page firing');
    },
  );

  it('B4 a window that was not measured leaves the alert unknown', () => {
    expect(statesOf({ windows: { [HOUR]: [150, 1_000] } })).toEqual([
      'page unknown',
      'page unknown',
      'ticket unknown',
      'ticket unknown',
    ]);
  });

  describe('B4 no traffic neither fires nor clears', () => {
    const burning = both([150, 10_000], [15, 1_000]);
    const silent = both([150, 10_000], [0, 0]);
    const quiet = both([0, 10_000], [0, 1_000]);
    const after = (...windows: Omit<Measured, 'name'>[]) =>
      errorBudgetOf(
        windows.map(
          (window, index) =>
            measured(`2026-02-01T23:0${index}:00Z`, window) as SloEvent,
        ),
        { now: NOW },
      )!.alerts[0].state;

    it('B4 it does not fire by itself', () => {
      expect(after(silent)).toBe('no-traffic');
      expect(after(quiet, silent)).toBe('no-traffic');
    });

    it('B4 what fired goes on', () => {
      expect(after(quiet, burning, silent, silent)).toBe('firing');
    });

    it('B4 what was over stays over', () => {
      expect(after(burning, silent, quiet, silent)).toBe('no-traffic');
      expect(after(burning, quiet)).toBe('quiet');
    });
  });

  describe('B4 low traffic', () => {
    it('B4 pages with at least 3 bad events', () => {
      expect(statesOf(both([2, 100], [2, 100]))[0]).toBe('page low-traffic');
      expect(statesOf(both([3, 200], [3, 200]))[0]).toBe('page firing');
    });

    it('B4 pages when the Wilson lower bound is above the threshold', () => {
      // 2 of 2: the interval starts at 34 %, above 1.44 %; 1 of 20 starts at 0.9 %
      expect(statesOf(both([2, 2], [2, 2]))[0]).toBe('page firing');
      expect(statesOf(both([1, 20], [1, 20]))[0]).toBe('page low-traffic');
    });

    it('B4 so many bad events are a setting', () => {
      const { slo } = measured(AT, both([3, 200], [3, 200])) as SloEvent;
      expect(burnAlertStates(slo, { minimumBadEvents: 4 })[0].state).toBe(
        'low-traffic',
      );
    });

    it('B4 is not to be told from ratios alone', () => {
      expect(statesOf({ windows: { [HOUR]: 0.5, 300: 0.5 } })[0]).toBe(
        'page firing',
      );
    });
  });

  it('B4 trap: an objective at or below 93.06 % can never reach 14.4', () => {
    const all = both([1_000, 1_000], [1_000, 1_000]);
    expect(statesOf({ target: 0.93, ...all })[0]).toBe('page unreachable');
    expect(statesOf({ target: 0.9305, ...all })[0]).toBe('page unreachable');
    expect(statesOf({ target: 0.931, ...all })[0]).toBe('page firing');
    expect(budgetOf({ target: 0.93, ...all }).note).toContain('can never fire');
  });
});

describe('B4 the metric', () => {
  const objective = (name: string, bad: number, at = AT, more = {}) =>
    measured(at, { name, windows: { [30 * DAY]: [bad, 100_000] }, ...more });

  it('B4 is what remains of the worst objective, and holds all', () => {
    const metric = metricOf(
      objective('latency', 20),
      objective('availability', 90),
    );
    expect(metric).toMatchObject({
      status: 'ok',
      value: expect.closeTo(0.1, 8),
      unit: 'ratio',
      n: 2,
      numerator: 90,
      denominator: 100_000,
      evidence: [`slo-availability-${AT}`, `slo-latency-${AT}`],
    });
    expect(metric.objectives!.map(({ name }) => name)).toEqual([
      'availability',
      'latency',
    ]);
    expect(metric.note).toContain('the worst of them: availability');
    expect(metric.band).toBeUndefined();
  });

  it('B4 stale after 24 h without a measurement', () => {
    expect(metricOf(objective('a', 20, '2026-02-01T00:00:00Z')).status).toBe(
      'ok',
    );
    const stale = metricOf(objective('a', 20, '2026-01-31T23:59:59Z'));
    expect(stale).toMatchObject({ status: 'stale', value: null, n: 0 });
    expect(stale.objectives![0]).toMatchObject({
      status: 'stale',
      alerts: expect.arrayContaining([
        expect.objectContaining({ state: 'unknown' }),
      ]),
    });
  });

  it('B4 an objective that is stale takes no part, and is named', () => {
    const metric = metricOf(
      objective('a', 20),
      objective('b', 90, '2026-01-20T00:00:00Z'),
    );
    expect(metric).toMatchObject({ status: 'ok', n: 1 });
    expect(metric.value).toBeCloseTo(0.8, 8);
    expect(metric.note).toContain('1 objective without a current measurement');
  });

  it('B4 an objective given up for a whole period is gone', () => {
    expect(
      metricOf(objective('a', 20), objective('old', 90, '2025-12-01T00:00:00Z'))
        .objectives,
    ).toHaveLength(1);
  });

  it('B4 no objective ever seen is not instrumented; of another environment neither', () => {
    expect(metricOf()).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
    expect(
      metricOf(objective('a', 20, AT, { environment: 'staging' })),
    ).toMatchObject({ status: 'not-instrumented' });
  });

  it('B4 a measurement without the period has no budget', () => {
    expect(
      metricOf(measured(AT, { windows: { [HOUR]: [1, 100] } })),
    ).toMatchObject({ status: 'no-data', value: null });
  });

  it('B4 too few events are no judgement', () => {
    expect(
      metricOf(measured(AT, { windows: { [30 * DAY]: [0, 4] } })),
    ).toMatchObject({ status: 'insufficient', value: 1 });
  });

  it('B4 the burn-down is what was measured then', () => {
    const { objectives } = metricOf(
      objective('a', 10, '2026-01-10T00:00:00Z'),
      objective('a', 40, '2026-01-20T00:00:00Z'),
      objective('a', 30, AT),
      // before the period of 30 days
      objective('a', 99, '2026-01-02T00:00:00Z'),
    );
    expect(objectives![0].burnDown).toEqual([
      { at: '2026-01-10T00:00:00.000Z', remaining: expect.closeTo(0.9, 8) },
      { at: '2026-01-20T00:00:00.000Z', remaining: expect.closeTo(0.6, 8) },
      { at: '2026-02-01T23:55:00.000Z', remaining: expect.closeTo(0.7, 8) },
    ]);
  });

  it('B4 a window in the past shows the budget of its end', () => {
    const events = [
      objective('a', 20, '2026-01-30T00:00:00Z'),
      objective('a', 90, '2026-02-08T00:00:00Z'),
    ];
    const at = (to: string) =>
      metricsOf(events, {
        to: new Date(to),
        now: new Date('2026-02-08T12:00:00Z'),
      }).errorBudget.value;
    expect(at('2026-01-30T12:00:00Z')).toBeCloseTo(0.8, 8);
    expect(at('2026-02-09T00:00:00Z')).toBeCloseTo(0.1, 8);
  });

  it('B4 what was changed of an objective counts from then on', () => {
    const metric = metricOf(
      objective('a', 20, '2026-01-30T00:00:00Z'),
      objective('a', 20, AT, { target: 0.9995 }),
    );
    // 0.02 % of a budget of 0.05 %
    expect(metric.value).toBeCloseTo(0.6, 8);
    expect(metric.objectives).toHaveLength(1);
  });
});
