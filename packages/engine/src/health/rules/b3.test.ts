import { deployed, detected, resolved } from '../__fixtures__/deliveryEvents';
import { WINDOW } from '../__fixtures__/report';
import { computeHealth, type HealthOptions } from '../computeHealth';
import type { DeliveryEvent } from '../deliveryEvent';

const day = (date: number, time = '12:00') =>
  `2026-01-${String(date).padStart(2, '0')}T${time}:00Z`;

function reportOf(
  events: DeliveryEvent[],
  options: Partial<HealthOptions> = {},
) {
  return computeHealth({
    ...WINDOW,
    events,
    entityRef: 'component:default/checkout',
    environment: 'production',
    ...options,
  });
}

/** Deployments at noon, each of one change committed 3 h before; the first ones fail and recover after 30 minutes. */
function history(dates: number[], failing: number): DeliveryEvent[] {
  return dates.flatMap((date, index) => [
    deployed(`d${date}`, day(date), {
      changes: [{ sha: `c${date}`, committedAt: day(date, '09:00') }],
    }),
    ...(index < failing
      ? [
          detected(`i${date}`, day(date, '12:10'), {
            causedBy: { deploymentId: `d${date}` },
          }),
          resolved(`i${date}`, day(date, '12:30')),
        ]
      : []),
  ]);
}

describe('B3 bands', () => {
  // twelve of 20 weekdays: 3 days in every week; 3 of 12 fail
  const events = history([5, 6, 7, 12, 13, 14, 19, 20, 21, 26, 27, 28], 3);

  it('B3 the ladder of 2023 is the default, and labelled', () => {
    const { ladder, metrics } = reportOf(events);
    expect(ladder).toBe('2023');
    expect(metrics.deploymentFrequency.band).toBe('high');
    expect(metrics.changeLeadTime.band).toBe('elite');
    expect(metrics.changeFailRate.band).toBe('low');
    expect(metrics.failedDeploymentRecoveryTime.band).toBe('elite');
  });

  it('B3 the ladder of 2021 is an option, and labelled', () => {
    const { ladder, metrics } = reportOf(events, { ladder: '2021' });
    expect(ladder).toBe('2021');
    expect(metrics.deploymentFrequency.band).toBe('high');
    // 3 h are less than a day (elite in 2023), and not less than an hour
    expect(metrics.changeLeadTime.band).toBe('high');
    // 25 % are between 21 and 30
    expect(metrics.changeFailRate.band).toBe('medium');
    expect(metrics.failedDeploymentRecoveryTime.band).toBe('elite');
  });

  it('B3 frequency by median deploy days per week: 5 elite, 1 high, then per month', () => {
    const bandOf = (dates: number[]) =>
      reportOf(history(dates, 0)).metrics.deploymentFrequency.band;
    const weekdays = [5, 12, 19, 26].flatMap(monday =>
      [0, 1, 2, 3, 4].map(offset => monday + offset),
    );
    expect(bandOf(weekdays)).toBe('elite');
    expect(bandOf([5, 12, 19])).toBe('high');
    expect(bandOf([5])).toBe('medium');
  });

  it('B3 rework and time to restore have no band in any ladder', () => {
    for (const ladder of ['2023', '2021'] as const) {
      const { metrics } = reportOf(events, { ladder });
      expect(metrics.deploymentReworkRate.band).toBeUndefined();
      expect(metrics.timeToRestore.band).toBeUndefined();
      expect(metrics.deliveryFailureRate.band).toBeUndefined();
    }
  });
});

describe('B3 Quick Check', () => {
  const events = history([5, 6, 7, 12, 13, 14, 19, 20, 21, 26, 27, 28], 3);

  it('B3 scores (answer - 1) / 5 * 10 for times and 10 - percent / 10 for rates', () => {
    const { quickCheck } = reportOf(events);
    // lead 3 h: answer 5, 8; 3 days a week: answer 4, 6; recovery 30 min: answer 6, 10
    // fail rate 25 %: 7.5; rework 0 of 12: 10
    expect(quickCheck).toEqual({
      scores: {
        changeLeadTime: 8,
        deploymentFrequency: 6,
        failedDeploymentRecoveryTime: 10,
        changeFailRate: 7.5,
        deploymentReworkRate: 10,
      },
      throughput: 8,
      stability: 8.75,
      overall: 8.3,
      known: 5,
    });
  });

  it('B3 a metric that is not judged is out of the means, neither worst nor best', () => {
    // no incident: no recovery time; four changes in four deployments: too few for the rates
    const { quickCheck } = reportOf(history([5, 12, 19, 26], 0), {
      instrumented: { incidents: true },
    });
    expect(quickCheck).toEqual({
      scores: {
        changeLeadTime: 8,
        deploymentFrequency: 6,
        failedDeploymentRecoveryTime: null,
        changeFailRate: null,
        deploymentReworkRate: null,
      },
      throughput: 7,
      stability: null,
      overall: 7,
      known: 2,
    });
  });

  it('B3 nothing known scores nothing', () => {
    for (const instrumented of [
      undefined,
      { deployments: true, incidents: true },
    ]) {
      expect(reportOf([], { instrumented }).quickCheck).toMatchObject({
        throughput: null,
        stability: null,
        overall: null,
        known: 0,
      });
    }
  });

  it('B3 rework nobody could have told of is not scored as best', () => {
    const { quickCheck, metrics } = reportOf(history([5, 6, 7, 12, 13, 14], 0));
    expect(metrics.deploymentReworkRate).toMatchObject({
      status: 'ok',
      value: 0,
    });
    expect(quickCheck!.scores.deploymentReworkRate).toBeNull();
  });

  it('B3 does not depend on the ladder', () => {
    expect(reportOf(events, { ladder: '2021' }).quickCheck).toEqual(
      reportOf(events).quickCheck,
    );
  });
});
