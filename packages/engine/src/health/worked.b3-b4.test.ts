import { workedReport } from './__fixtures__/workedReport';

/*
 * Events of `__fixtures__/worked`, with every figure worked out by hand. Window: 28 days, 5 January to 2 February 2026,
 * seen at its end, where nothing else is said.
 */

describe('B3 Quick Check', () => {
  it('scores 7.57 of 10', () => {
    const { quickCheck, metrics } = workedReport('b3-quick-check');
    /*
     * lead time: 09:00 to 12:00 = 3 h: less than a day, answer 5: (5 - 1)/5 * 10 = 8
     * frequency: Monday to Wednesday of four weeks = 3 days a week: answer 4: 6
     * recovery: the 5th, 12th and 19th, resolved at 14:00 = 2 h: answer 5: 8
     * fail rate: 3 of 12 = 25 %: 10 - 2.5 = 7.5; rework: the hotfixes d6 and d28 of 12 = 16.67 %: 10 - 1.667 = 8.333
     * throughput (8 + 6 + 8)/3 = 7.333; stability (7.5 + 8.333)/2 = 7.9167; overall (22 + 15.8333)/5 = 7.5667
     */
    expect(metrics.changeFailRate.value).toBe(0.25);
    expect(quickCheck).toEqual({
      scores: {
        changeLeadTime: 8,
        deploymentFrequency: 6,
        failedDeploymentRecoveryTime: 8,
        changeFailRate: 7.5,
        deploymentReworkRate: expect.closeTo(8.3333, 4),
      },
      throughput: expect.closeTo(7.3333, 4),
      stability: expect.closeTo(7.9167, 4),
      overall: expect.closeTo(7.5667, 4),
      known: 5,
    });
  });
});

describe('B4 error budget', () => {
  const { errorBudget } = workedReport('b4-error-budget').metrics;
  const [availability, latency] = errorBudget.objectives!;

  it('of availability: 99.9 % over 30 days', () => {
    /*
     * budget 0.001; 400 of 1,000,000 = 0.0004: consumed 0.4, remaining 0.6
     * last hour 4 of 2,000 = 0.002: burn 2; 0.6 * 720 h / 2 = 216 h left
     * 1 h above neither 14.4 nor, in 5 min, anything: quiet. Six hours were not measured: unknown
     * burn-down: on 12 January 100 of 1,000,000: 0.9
     */
    expect(availability).toMatchObject({
      status: 'ok',
      errorRate: 0.0004,
      consumed: expect.closeTo(0.4, 10),
      remaining: expect.closeTo(0.6, 10),
      hoursLeft: expect.closeTo(216, 8),
      burnDown: [
        { at: '2026-01-12T00:00:00.000Z', remaining: expect.closeTo(0.9, 10) },
        { at: '2026-02-01T23:50:00.000Z', remaining: expect.closeTo(0.6, 10) },
      ],
    });
    expect(availability.alerts.map(({ state }) => state)).toEqual([
      'quiet',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('of latency: 99 % over 28 days, and a fast burn', () => {
    /*
     * budget 0.01; 700 of 100,000 = 0.007: consumed 0.7, remaining 0.3
     * threshold of the first page 0.02 * 672 h / 1 h = 13.44; 1 h: 300 of 2,000 = 0.15, burn 15; 5 min: 30 of 160 = 0.1875,
     * burn 18.75: both above, fires. Second page 0.05 * 672 / 6 = 5.6; 6 h: 500 of 12,000 = 0.041667, burn 4.1667: quiet
     * 0.3 * 672 h / 15 = 13.44 h left
     */
    expect(latency).toMatchObject({
      remaining: expect.closeTo(0.3, 10),
      hoursLeft: expect.closeTo(13.44, 8),
    });
    expect(latency.alerts).toMatchObject([
      {
        severity: 'page',
        threshold: expect.closeTo(13.44, 8),
        state: 'firing',
      },
      { severity: 'page', threshold: expect.closeTo(5.6, 8), state: 'quiet' },
      { severity: 'ticket', state: 'unknown' },
      { severity: 'ticket', state: 'unknown' },
    ]);
  });

  it('is that of the worst, latency', () => {
    expect(errorBudget).toMatchObject({
      status: 'ok',
      value: expect.closeTo(0.3, 10),
      n: 2,
      numerator: 700,
      denominator: 100_000,
      evidence: ['a2', 'l1'],
    });
  });
});

describe('B4 low traffic', () => {
  const { errorBudget } = workedReport('b4-low-traffic').metrics;
  const [exports, reports, search] = errorBudget.objectives!;

  it('does not page for one bad search of twenty', () => {
    /*
     * 99.9 %: 1 of 20 in an hour burns at 0.05/0.001 = 50, 1 of 5 in five minutes at 200, both above 14.4
     * one bad event is less than 3, and the Wilson interval of 1 of 20 starts at 0.0089, below 14.4 * 0.001 = 0.0144
     * second page: nobody searched in half an hour, which neither fires nor clears
     * 6 of 20,000 in 30 days = 0.0003: remaining 0.7
     */
    expect(search.alerts.slice(0, 2).map(({ state }) => state)).toEqual([
      'low-traffic',
      'no-traffic',
    ]);
    expect(search.remaining).toBeCloseTo(0.7, 10);
  });

  it('cannot page at 14.4 for an objective of 90 %', () => {
    /*
     * with every event bad it burns at 1/0.1 = 10: below 14.4 (unreachable), above 6
     * 6 h: 700 of 1,000 = 0.7, burn 7; 30 min: 0.6, burn 6.0, which is not above 6: quiet
     * 900 of 30,000 = 0.03: remaining 1 - 0.3 = 0.7
     */
    expect(reports.alerts.slice(0, 2).map(({ state }) => state)).toEqual([
      'unreachable',
      'quiet',
    ]);
    expect(reports.remaining).toBeCloseTo(0.7, 10);
  });

  it('has no budget without traffic', () => {
    expect(exports).toMatchObject({
      status: 'no-data',
      remaining: null,
      errorRate: null,
    });
    expect(exports.alerts[0].state).toBe('no-traffic');
    expect(errorBudget.n).toBe(2);
  });
});
