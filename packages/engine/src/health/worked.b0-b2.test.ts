import { workedReport } from './__fixtures__/workedReport';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 24 * HOUR;

/*
 * Events of `__fixtures__/worked`, with every figure worked out by hand. Window: 28 days, 5 January to 2 February 2026,
 * seen at its end, where nothing else is said.
 */

describe('B0 week buckets', () => {
  /*
   * Deployments on Wednesday the 7th, Sunday the 18th at 23:30Z, Monday the 19th at 01:00Z, the 20th and the 21st.
   */
  it('in UTC', () => {
    const { deploymentFrequency } = workedReport('b0-week-buckets').metrics;
    // weeks from the 5th, 12th, 19th, 26th: 1, 1 (Sunday), 3, 0 days; median of 0 1 1 3 = 1
    expect(deploymentFrequency).toMatchObject({
      n: 5,
      value: 5 / 28,
      deployDaysPerWeek: 1,
      band: 'high',
    });
  });

  it('in Tokyo', () => {
    const { deploymentFrequency } = workedReport('b0-week-buckets', {
      // Monday 5 January to Monday 2 February, 00:00 in Tokyo
      from: new Date('2026-01-04T15:00:00Z'),
      to: new Date('2026-02-01T15:00:00Z'),
      timeZone: 'Asia/Tokyo',
    }).metrics;
    // the 18th at 23:30Z is the 19th at 08:30, the same day as the 19th at 10:00: 1, 0, 3, 0 days; median of 0 0 1 3 = 0.5
    expect(deploymentFrequency).toMatchObject({ n: 5, deployDaysPerWeek: 0.5 });
  });
});

describe('B1 deployments', () => {
  const { metrics } = workedReport('b1-deployments');

  it('counts three: two attempts are one, cancelled and staged are none', () => {
    // d1 on the 6th, d2 on the 8th (failed at 11:00, succeeded at 12:00), d3 on the 13th
    expect(metrics.deploymentFrequency).toMatchObject({
      n: 3,
      value: 3 / 28,
      evidence: ['d1-deployed', 'd2-run-1', 'd2-run-2', 'd3-deployed'],
    });
    // d1, d2 and d3 came to success, d4 was cancelled: 0 of 3
    expect(metrics.deliveryFailureRate).toMatchObject({
      status: 'insufficient',
      value: 0,
      numerator: 0,
      denominator: 3,
    });
  });

  it('takes what was shipped from the merges since the previous one', () => {
    // d1: first, unknown. d2: c2 merged 09:00 and c3 10:00, deployed 12:00: 3 h, 2 h. d3: c4 merged 09:00, deployed 12:00: 3 h
    // median of 2 3 3 = 3 h; merges say nothing of the first commit, so there is no lead time
    expect(metrics.changeLeadTime).toMatchObject({
      status: 'no-data',
      value: null,
      stages: { commitToMerge: null, mergeToDeploy: 3 * HOUR },
      note: [
        '3 changes without a commit time',
        'changes of 2 deployments taken from the merges since the one before',
        '1 deployment did not say what changes they shipped',
      ].join('; '),
    });
  });
});

describe('B2 change lead time', () => {
  it('is a median of 24 h', () => {
    const { changeLeadTime } = workedReport('b2-lead-time').metrics;
    /*
     * c1: 08:00 to 12:00 on the 6th = 4 h; it is in d2 again and not counted there
     * c2: 5th 12:00 to 6th 12:00 = 24 h
     * c3: 1st 12:00 to 7th 12:00 = 144 h
     * c4: first commit of September, proposed on the 7th 12:00, more than 90 days later; 8th 12:00 - 7th 12:00 = 24 h
     * c5: no commit time
     * sorted 4 24 24 144: p50 = 24; p75 at 0.75 * 3 = 2.25: 24 + 0.25 * 120 = 54; p90 at 2.7: 24 + 0.7 * 120 = 108
     */
    expect(changeLeadTime).toMatchObject({
      status: 'ok',
      n: 4,
      value: 24 * HOUR,
      quantiles: {
        p50: 24 * HOUR,
        p75: 54 * HOUR,
        p90: expect.closeTo(108 * HOUR, 6),
      },
      // 24 h are not less than a day
      band: 'high',
    });
    /*
     * commit to merge: c1 3 h; c2 23.5 h; c3 1st 12:00 to 7th 06:00 = 138 h; c4 7th 12:00 to 8th 13:00 = 25 h
     * sorted 3 23.5 25 138: median 24.25 h
     * merge to deploy: c1 1 h; c2 0.5 h; c3 6 h; c4 -1 h, left out: median of 0.5 1 6 = 1 h
     */
    expect(changeLeadTime.stages).toEqual({
      commitToMerge: 24.25 * HOUR,
      mergeToDeploy: HOUR,
    });
    expect(changeLeadTime.note).toBe(
      [
        '1 change without a commit time',
        '1 stage span left out: merged before the first commit or deployed before the merge',
        '1 change timed from the proposal: the first commit is more than 90 days older',
      ].join('; '),
    );
  });
});

describe('B2 change fail rate', () => {
  const { metrics } = workedReport('b2-change-fail-rate');

  it('is 2 of 7', () => {
    /*
     * reached production: d1 to d6, the rollback r1, and d7; p8 failed before it
     * ripe (24 h old on 2 February 00:00): all but d7 of 1 February 06:00, which is 18 h old: 7, 1 pending
     * failed: d2 (two incidents, one failure) and d6 (rolled back); d4 only suspected, d5's incident is not related to a
     * change, d7's does not count yet
     * 2/7; Wilson at 95 %, z^2 = 3.8415: centre (2/7 + 3.8415/14) / (1 + 3.8415/7) = 0.56011/1.54878 = 0.36165,
     * half 1.95996 * sqrt(2/7 * 5/7 / 7 + 3.8415/196) / 1.54878 = 1.95996 * sqrt(0.029155 + 0.019599) / 1.54878 = 0.27943
     */
    expect(metrics.changeFailRate).toMatchObject({
      status: 'ok',
      value: 2 / 7,
      n: 7,
      numerator: 2,
      denominator: 7,
      interval: {
        low: expect.closeTo(0.0822, 4),
        high: expect.closeTo(0.6411, 4),
      },
      pending: 1,
      suspected: 1,
      // above 15 %
      band: 'low',
    });
    expect(
      metrics.changeFailRate.failures!.map(({ deploymentId, links }) => [
        deploymentId,
        links.map(({ kind }) => kind),
      ]),
    ).toEqual([
      ['d2', ['explicit', 'explicit']],
      ['d4', ['time-only']],
      ['d6', ['rolled-back']],
    ]);
  });

  it('is 3 of 7 where suspected failures count', () => {
    expect(
      workedReport('b2-change-fail-rate', { countSuspected: true }).metrics
        .changeFailRate,
    ).toMatchObject({ numerator: 3, denominator: 7 });
  });

  it('stands beside 1 of 9 that failed on the way', () => {
    // d1 to d7, r1 and p8 came to success or failure; p8 failed before production
    expect(metrics.deliveryFailureRate).toMatchObject({
      status: 'ok',
      value: 1 / 9,
      numerator: 1,
      denominator: 9,
    });
  });

  it('stands beside 1 of 8 that were rework', () => {
    // succeeded: d1 to d7 and r1; r1 is a rollback
    expect(metrics.deploymentReworkRate).toMatchObject({
      value: 1 / 8,
      numerator: 1,
      denominator: 8,
    });
  });
});

describe('B2 failure links', () => {
  it('are found from the strongest to the weakest', () => {
    const { changeFailRate } = workedReport('b2-failure-links').metrics;
    /*
     * d0: commit aaaaaaa1, which i1 names as its root cause. It was deployed twice by the 20th, as d0 and as d4: the latest counts
     * d2: failed after it had reached production
     * d3: replaced 6 h later by d4 of the older commit of d0
     * d5: c6, shipped by d6, reverts its commit
     * d6: the page alert of the 14th 15:00 began 3 h after it; an alert is no incident
     * d7: i7 began 11 h after it: suspected
     */
    expect(
      changeFailRate.failures!.map(({ deploymentId, links }) => [
        deploymentId,
        links.map(({ kind }) => kind),
      ]),
    ).toEqual([
      ['d2', ['failed-rollout']],
      ['d3', ['rolled-back']],
      ['d4', ['explicit']],
      ['d5', ['repaired']],
      ['d6', ['budget']],
      ['d7', ['time-only']],
    ]);
    // reached: d0 to d7, all ripe: 8; failed: d2 to d6: 5
    expect(changeFailRate).toMatchObject({
      numerator: 5,
      denominator: 8,
      suspected: 1,
    });
  });
});

describe('B2 recovery and restore', () => {
  const { metrics } = workedReport('b2-recovery');

  it('keeps the open failure in the median', () => {
    /*
     * d1: 12:00, resolved 13:00 = 1 h
     * d2: 12:00, rolled back 14:00, before it was resolved at 18:00 = 2 h
     * d3: 12:00, fixed by f3 at 16:00, before it was resolved at 22:00 = 4 h
     * d4: 1 February 21:00, still open at 24:00: at least 3 h
     * Kaplan-Meier: 4 at risk, 3/4 left after 1 h; 3 at risk, 3/4 * 2/3 = 1/2 after 2 h; d4 leaves at 3 h; 0 after 4 h
     * level at 1/2 from 2 to 4 h: the median is 3 h. Without d4 it were 2 h
     */
    expect(metrics.failedDeploymentRecoveryTime).toMatchObject({
      status: 'ok',
      n: 3,
      value: 3 * HOUR,
      open: [{ id: 'd4', seconds: 3 * HOUR }],
      band: 'high',
      /*
       * time to detect: 10, 30, 20 and 30 min: median of 10 20 30 30 = 25
       * time to restore: 50 min, 330 min, 580 min: median 330
       */
      stages: { detect: 25 * MINUTE, restore: 330 * MINUTE },
    });
    expect(metrics.failedDeploymentRecoveryTime.note).toContain(
      '1 failure still open (>= 3 h)',
    );
  });

  it('restores incidents in 5.5 h', () => {
    // i1 50 min, i2 12:30 to 18:00 = 330 min, i3 12:20 to 22:00 = 580 min; mean 960 / 3 = 320 min; i4 open since 21:30
    expect(metrics.timeToRestore).toMatchObject({
      status: 'ok',
      n: 3,
      value: 330 * MINUTE,
      mean: 320 * MINUTE,
      open: [{ id: 'i4', seconds: 150 * MINUTE }],
    });
  });
});

describe('B2 rework over 180 days', () => {
  it('is 4 of 10', () => {
    const { deploymentReworkRate } = workedReport('b2-rework', {
      // 2 February 2026 - 180 days
      from: new Date('2025-08-06T00:00:00Z'),
    }).metrics;
    /*
     * d1 is of the day before the window; p12 failed. Succeeded: d2 d3 d4 r5 d6 d7 d8 d9 d10 d11 = 10
     * rework: r5 (rollback), d6 (hotfix), d8 (fixes inc-9), d9 (reverts d2's commit) = 4
     */
    expect(deploymentReworkRate).toMatchObject({
      status: 'ok',
      value: 0.4,
      numerator: 4,
      denominator: 10,
    });
  });
});

it('the windows of the examples are as said', () => {
  expect(workedReport('b2-rework').window).toEqual({
    from: '2026-01-05T00:00:00.000Z',
    to: '2026-02-02T00:00:00.000Z',
  });
  expect((Date.UTC(2026, 1, 2) - Date.UTC(2025, 7, 6)) / 1000).toBe(180 * DAY);
});
