import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HealthMetricName, Metric } from '../model';
import { metricsOf } from './__fixtures__/report';
import { parseEventsFile } from './eventsFile';
import type { HealthOptions } from './computeHealth';

const DAY = 86_400;
const HOUR = 3_600;

/** The metrics of an example file, over the four weeks from 5 January 2026, seen on 9 February. */
function worked(name: string, options: Partial<HealthOptions> = {}) {
  const file = join(__dirname, '__fixtures__', 'worked', name);
  const { events, problems } = parseEventsFile({
    text: readFileSync(file, 'utf8'),
    file,
  });
  expect(problems).toEqual([]);
  const metrics = metricsOf(events, options);
  return {
    metrics,
    part: (metric: HealthMetricName, part: string) =>
      metrics[metric].parts!.find(one => one.name === part)!,
  };
}

function expectInterval(
  metric: Pick<Metric, 'interval'>,
  low: number,
  high: number,
) {
  expect(metric.interval!.low).toBeCloseTo(low, 4);
  expect(metric.interval!.high).toBeCloseTo(high, 4);
}

describe('worked example of B5: b5-findings.ndjson', () => {
  const { metrics, part } = worked('b5-findings.ndjson');

  /*
   *      release   semgrep                         trivy                              new
   *  r0  20 Dec    F1 F2                           CVE-2021-23337 lodash              before the window: the baseline
   *  r1   6 Jan    F1 F2 F3                        its GHSA, next version of lodash   F3
   *  r2   9 Jan    failed                          -                                  not scanned
   *  r3  13 Jan    F2 F3 F4(suppressed) F5         GHSA, CVE-2026-2, CVE-2026-3       F5, CVE-2026-2 (against r1)
   *  r4  16 Jan    F2                              -                                  none
   *      17 Jan    the commit of r4 again: no release
   *  r5  20 Jan    F2 F6                           -                                  F6
   *  r6  23 Jan    F2 F6                           -                                  none
   *  r7  27 Jan    no results                      -                                  not scanned
   *
   * CVE-2026-3 is stated not_affected and leaves; CVE-2026-2 is under investigation and stays.
   */
  it('gives new findings per release', () => {
    // (1 + 2 + 0 + 1 + 0) / 5 scanned releases
    expect(metrics.findingsPerRelease).toMatchObject({
      status: 'ok',
      value: 4 / 5,
      numerator: 4,
      denominator: 5,
      n: 5,
      note: '2 releases not scanned; 3 releases scanned by fewer tools than before',
    });
    // Garwood for 4: chi-square(0.025, 8) / 2 = 1.08987, chi-square(0.975, 10) / 2 = 10.24159; over 5 releases
    expectInterval(metrics.findingsPerRelease, 0.21797, 2.04832);
    expect(metrics.findingsPerRelease.evidence).toContain('vex-1');
  });

  it('gives the coverage', () => {
    // r1, r3, r4, r5, r6 of r1 to r7
    expect(part('findingsPerRelease', 'coverage')).toMatchObject({
      value: 5 / 7,
      numerator: 5,
      denominator: 7,
    });
  });

  it.each([
    // CVE-2026-2 and F6
    ['critical', 2],
    // F3
    ['high', 1],
    ['medium', 0],
    // F5
    ['low', 1],
  ])('gives the findings of severity %s', (severity, count) => {
    expect(part('findingsPerRelease', severity)).toMatchObject({
      value: count / 5,
      numerator: count,
      denominator: 5,
    });
  });

  it('weighs them by severity', () => {
    // (2 * 9 + 1 * 7 + 1 * 0.1) / 5 = 25.1 / 5
    expect(part('findingsPerRelease', 'weighted').value).toBeCloseTo(5.02, 10);
  });

  it('gives them per 100 changes', () => {
    // 4 findings; r1 4, r3 3, r4 2, r5 1, r6 10 changes: 100 * 4 / 20
    expect(part('findingsPerRelease', 'per-100-changes')).toMatchObject({
      value: 20,
      numerator: 4,
      denominator: 20,
    });
  });
});

describe('worked example of B6: b6-cost.ndjson', () => {
  const { metrics, part } = worked('b6-cost.ndjson', {
    ciCostPerMinute: { amount: 0.008, currency: 'USD' },
  });

  it('gives the cost of the window', () => {
    // 140 USD over 29 Dec - 12 Jan: 7 of 14 days     =   70
    // 420 USD over 12 Jan - 9 Feb: 21 of 28 days     =  315   (stated as 400 before, corrected later)
    // credit                                            -35
    // adjustment                                        +10
    // tax of 60: out                                 =  360
    expect(part('costPerChange', 'cost').value).toBeCloseTo(360, 10);
    expect(part('costPerChange', 'tax').value).toBeCloseTo(60, 10);
    expect(metrics.costPerChange.evidence).not.toContain('second');
  });

  it('divides it by the changes deployed first in the window', () => {
    // d1: c1 c2 c3; d2: c4 c5 c6 c7; d3: c8 c9, for c0 was shipped before the window and c7 by d2: 9 changes
    expect(metrics.costPerChange).toMatchObject({
      status: 'ok',
      n: 9,
      denominator: 9,
      currency: 'USD',
      note: 'from EffectiveCost',
    });
    expect(metrics.costPerChange.value).toBeCloseTo(40, 10);
  });

  it('gives the unallocated share', () => {
    // 0.2 for 7 days and 0.1 for 21: (1.4 + 2.1) / 28
    expect(part('costPerChange', 'unallocated').value).toBeCloseTo(0.125, 10);
  });

  it('gives the cost of pipelines as a line of its own', () => {
    // 10 + 20 + 30 minutes at 0.008 USD
    expect(part('costPerChange', 'ci')).toMatchObject({
      n: 3,
      estimate: true,
    });
    expect(part('costPerChange', 'ci').value).toBeCloseTo(0.48, 10);
  });
});

describe('worked example of B6: b6-cost-step.ndjson', () => {
  it('gives the step of the daily cost at the deployment', () => {
    const { part } = worked('b6-cost-step.ndjson');
    // 6 - 12 Jan: 100 102 98 101 99 100 100, median 100; deviations 0 0 0 1 1 2 2, median 1: sigma 1 / 0.6745 = 1.4826
    // 14 - 20 Jan: 120 121 119 120 122 118 120, median 120; the 13th itself, with 400, is in neither
    // 20 / 1.4826 = 13.49 sigmas, above 3.5
    expect(part('costPerChange', 'step:d1')).toMatchObject({
      value: 20,
      note: expect.stringContaining('13.5 robust standard deviations'),
    });
  });
});

describe('worked example of B7: b7-flags.ndjson', () => {
  const { metrics, part } = worked('b7-flags.ndjson');

  /*
   * As observed on 1 February, with observations of 25 December and 15 January before, and traffic on 31 January:
   *
   *  flag          type         age  lifetime  overdue
   *  new-checkout  release       60        40     20    all on since 25 Dec, 38 days: settled         stale
   *  banner        release       50        40     10    half and half; last seen 10 Jan, 22 days      stale
   *  price-test    experiment    12        40      -
   *  limit         operational   10         7      3    all on since 1 Feb only, seen today: overdue, no more
   *  stop-orders   kill-switch 2223         -      -    marked, and never debt
   *  dark-mode     release        2        40      -    marked                                        stale
   *  gone          archived: not active
   */
  it('gives stale of active flags', () => {
    expect(metrics.flagStaleness).toMatchObject({
      status: 'ok',
      value: 3 / 6,
      numerator: 3,
      denominator: 6,
    });
    expect(
      metrics.flagStaleness
        .parts!.map(({ name }) => name)
        .filter(name => name.startsWith('flag:')),
    ).toEqual(['flag:new-checkout', 'flag:banner', 'flag:dark-mode']);
  });

  it.each([
    ['active', 6],
    ['stale', 3],
    ['overdue', 3],
    ['settled', 1],
    ['unseen', 2],
    ['long-lived', 1],
  ])('counts the flags that are %s', (name, count) => {
    // unseen: banner, and stop-orders, which was never evaluated
    expect(part('flagStaleness', name).value).toBe(count);
  });

  it('gives the median of what is overdue', () => {
    // 3, 10, 20 days
    expect(part('flagStaleness', 'median-overdue').value).toBe(10 * DAY);
  });
});

describe('worked example of B8: b8-toil.ndjson', () => {
  const { metrics, part } = worked('b8-toil.ndjson', {
    timeZone: 'Europe/Berlin',
  });

  /*
   *  run-1  failed (10 min), then passed                 re-run, flaky, 600 s wasted
   *  run-2  passed
   *  run-3  failed (5 min), run-4 on its commit passed   flaky, 300 s wasted
   *  run-4  passed
   *  run-5  failed twice (20 min each)                   re-run; nothing passed, so nothing was wasted by it
   *  run-6  passed, set off by hand
   */
  it('gives the re-run rate', () => {
    // run-1 and run-5 of six
    expect(metrics.rerunRate).toMatchObject({
      status: 'ok',
      value: 2 / 6,
      numerator: 2,
      denominator: 6,
    });
    // run-1 and run-3
    expect(part('rerunRate', 'flaky')).toMatchObject({
      value: 2 / 6,
      numerator: 2,
    });
    expect(part('rerunRate', 'wasted').value).toBe(600 + 300);
  });

  /*
   *      asked for (Berlin)   decided              waited     of it working time, 9 to 18
   *  a1  Fri 9 Jan 17:00      Mon 12 Jan 10:00     65 h       1 h on Friday, 1 h on Monday
   *  a2  Tue 13 Jan 10:00     11:00                1 h        1 h
   *  a3  Wed 14 Jan 18:00     Thu 15 Jan 9:30      15.5 h     0.5 h
   *  a4  Fri 30 Jan 11:00     open
   */
  it('gives the approval wait', () => {
    expect(metrics.approvalWait).toMatchObject({
      status: 'ok',
      n: 3,
      // the middle of 1, 15.5, 65
      value: 15.5 * HOUR,
      // half way, and four fifths of the way, from 15.5 to 65
      quantiles: { p75: 40.25 * HOUR, p90: 55.1 * HOUR },
      // 30 January 10:00 to 9 February 0:00 UTC
      open: [{ id: 'a4', seconds: 9 * DAY + 14 * HOUR }],
    });
    // the middle of 0.5, 1, 2
    expect(part('approvalWait', 'business-hours').value).toBe(HOUR);
    // a1 and a3 of three
    expect(part('approvalWait', 'waiting-for-others').value).toBe(2 / 3);
  });

  it('gives the toil', () => {
    // re-runs 900; waits 65 + 1 + 15.5 h = 293,400
    // by hand, 10 minutes each: run-6, the rollback d5, the second attempts of run-1 and run-5
    expect(metrics.toil.parts!.map(({ name, value }) => [name, value])).toEqual(
      [
        ['re-runs', 900],
        ['approval-wait', 293_400],
        ['manual-triggers', 600],
        ['manual-rollbacks', 600],
        ['retried-steps', 1_200],
      ],
    );
    expect(metrics.toil.value).toBe(296_700);
  });

  it('gives off-hours work', () => {
    // Berlin: d1 Thu 13:00, d2 Fri 20:30 (off), d3 Tue 9:15, d4 Sat 13:00 (off), d5 Mon 8:30 (off)
    expect(metrics.offHours).toMatchObject({
      status: 'ok',
      value: 3 / 5,
      numerator: 3,
      denominator: 5,
    });
    // Wilson: (0.6 + 0.38415 -+ 1.95996 * sqrt(0.048 + 0.038415)) / 1.76829, with z² / 10 = 0.38415
    expectInterval(metrics.offHours, 0.2307, 0.8824);
  });

  it('gives the test time', () => {
    // 6, 7, 8, 15 minutes: half way between 7 and 8
    expect(metrics.testTime).toMatchObject({
      status: 'ok',
      n: 4,
      value: 450,
    });
  });
});
