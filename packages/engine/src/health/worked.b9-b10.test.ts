import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WINDOW } from './__fixtures__/report';
import { detectAnomalies } from './anomaly/detectAnomalies';
import { seriesOf } from './anomaly/seriesOf';
import { computeHealth } from './computeHealth';
import type { DeliveryEvent } from './deliveryEvent';
import { parseEventsFile } from './eventsFile';

/** The events of an example file. */
function worked(name: string): DeliveryEvent[] {
  const file = join(__dirname, '__fixtures__', 'worked', name);
  const { events, problems } = parseEventsFile({
    text: readFileSync(file, 'utf8'),
    file,
  });
  expect(problems).toEqual([]);
  return events;
}

function optionsOf(events: readonly DeliveryEvent[]) {
  return {
    ...WINDOW,
    events,
    entityRef: 'component:default/checkout',
    environment: 'production',
  };
}

/** The report over the four weeks from 5 January 2026, seen on 9 February. */
function reportOf(events: readonly DeliveryEvent[]) {
  return computeHealth(optionsOf(events));
}

/** What stands out on 9 February. */
function anomaliesOf(events: readonly DeliveryEvent[]) {
  const options = optionsOf(events);
  return detectAnomalies({ ...options, series: seriesOf(options) });
}

describe('worked example of B9: b9-share.ndjson', () => {
  const { aiShare } = reportOf(worked('b9-share.ndjson')).metrics;

  /*
   * Merged in the window: c1 to c3 disclose assistance, c4 to c9 say there was none, c10 to c13 are automation, c14 and
   * c15 say nothing. The deployment d1 says of c14 that there was none; what it discloses of c9 counts, whatever the merge
   * said; and it ships one more change, assisted, of which nobody else told.
   * "before" was merged on 4 January, "open" never.
   */
  it('puts every change into one class', () => {
    expect(aiShare.parts!.map(({ name, value }) => [name, value])).toEqual([
      ['ai-assisted', 5],
      ['no-disclosure', 6],
      ['automation', 4],
      ['unknown', 1],
    ]);
  });

  it('gives the share of those that say something', () => {
    // 5 / (5 + 6); Wilson 0.2127 to 0.7199
    expect(aiShare).toMatchObject({
      status: 'ok',
      value: 5 / 11,
      numerator: 5,
      denominator: 11,
      note: 'a lower bound: only assistance that was disclosed is seen',
    });
    expect(aiShare.interval!.low).toBeCloseTo(0.2127, 4);
    expect(aiShare.interval!.high).toBeCloseTo(0.7199, 4);
  });
});

describe('worked example of B9: b9-outcomes.ndjson', () => {
  const report = reportOf(worked('b9-outcomes.ndjson'));
  const outcomes = report.aiOutcomes!;
  const changeFail = outcomes.comparisons.find(
    ({ outcome }) => outcome === 'changeFail',
  )!;

  /*
   * 45 deployments of one change each, in lines changed:
   *              10          100         1000        together
   *  assisted    0 of 2      0 of 4      1 of 8      1 of 14
   *  others      0 of 13     1 of 11     1 of 7      2 of 31
   */
  it('compares the failures', () => {
    expect(outcomes).toMatchObject({
      status: 'ok',
      exposed: 14,
      unexposed: 31,
    });
    expect(changeFail).toMatchObject({
      status: 'ok',
      exposed: { events: 1, n: 14 },
      unexposed: { events: 2, n: 31 },
      verdict: 'no-difference-shown',
      message:
        'no difference shown (1 of 14 against 2 of 31, -15 to +25 points)',
    });
    // 1/14 - 2/31 = 0.0069; with Wilson 0.0127..0.3147 and 0.0179..0.2072, Newcombe gives
    // 0.0069 - sqrt(0.0587^2 + 0.1427^2) and 0.0069 + sqrt(0.2433^2 + 0.0466^2)
    expect(changeFail.difference).toBeCloseTo(1 / 14 - 2 / 31, 12);
    expect(changeFail.interval!.low).toBeCloseTo(-0.1474, 3);
    expect(changeFail.interval!.high).toBeCloseTo(0.2546, 3);
  });

  it('gives Fisher and the posterior probability', () => {
    // of 14,190 tables, 1 of 14 is the likeliest one (6,510): every table is no more likely
    expect(changeFail.pValue).toBeCloseTo(1, 9);
    // the sum over a grid of 200,000 points of both posteriors
    expect(changeFail.probabilityWorse).toBeCloseTo(0.56395, 4);
  });

  it('stratifies by size', () => {
    /*
     * weights 2*13/15 + 4*11/15 + 8*7/15 = 8.4; difference (0 + (0*11 - 1*4)/15 + (1*7 - 1*8)/15) / 8.4 = -1/3 / 8.4
     * Sato: P = (143 + 170 - 13)/225 = 1.33333; Q = (0 + 4 + 13)/30 = 0.56667
     * variance (-0.039683 * 1.33333 + 0.56667) / 8.4^2 = 0.0072812, root 0.085330
     */
    const { difference, interval } = changeFail.stratified!;
    expect(difference).toBeCloseTo(-0.0396825, 6);
    expect(interval.low).toBeCloseTo(-0.0396825 - 0.167244, 5);
    expect(interval.high).toBeCloseTo(-0.0396825 + 0.167244, 5);
  });

  it('says how many deployments are missing', () => {
    // (2 + 0.5) / (31 + 1) = 0.078125 to be doubled: 265 per arm, of which 14 are there
    expect(changeFail.needed).toBe(251);
  });

  it('says nothing of the recovery of three failures', () => {
    expect(
      outcomes.comparisons.find(({ outcome }) => outcome === 'slowRecovery'),
    ).toMatchObject({
      status: 'insufficient',
      exposed: { n: 1 },
      unexposed: { n: 2 },
      difference: null,
      verdict: 'too-few',
    });
  });
});

describe('worked example of B10: b10-incidents.ndjson', () => {
  it('finds six incidents strange after one a week', () => {
    /*
     * Weeks from 17 November: 1 0 2 1 1 0 1 2 1 0 1, then 6.
     * (10 + 0.5) / 11 = 0.9545 expected; P(X >= 6) = 0.00046698, below 0.00135
     */
    const { anomalies, unjudged } = anomaliesOf(worked('b10-incidents.ndjson'));
    expect(unjudged).toEqual([]);
    expect(anomalies).toMatchObject([
      {
        metric: 'incidents',
        method: 'poisson-tail',
        at: '2026-02-02T00:00:00.000Z',
        until: '2026-02-09T00:00:00.000Z',
        direction: 'higher',
        worse: true,
        observed: 6,
        n: 11,
        evidence: [1, 2, 3, 4, 5, 6].map(index => `i-12-${index}`),
      },
    ]);
    expect(anomalies[0].expected).toBeCloseTo(10.5 / 11, 9);
    expect(anomalies[0].pValue).toBeCloseTo(0.00046698, 7);
  });
});

describe('worked example of B10: b10-fail-rate.ndjson', () => {
  const events = worked('b10-fail-rate.ndjson');

  /*
   * Ten deployments a week from 8 December, of which one fails, eight weeks long: 8 of 80. Jeffreys' prior makes the
   * baseline (8 + 0.5) / (80 + 1) = 0.10494. In the week from 2 February seven fail.
   */
  it('gives an alarm for 7 in 10', () => {
    const { anomalies } = anomaliesOf(events);
    const failRate = anomalies.find(
      ({ metric }) => metric === 'changeFailRate',
    )!;
    expect(failRate).toMatchObject({
      method: 'binomial-tail',
      at: '2026-02-02T00:00:00.000Z',
      observed: 0.7,
      n: 8,
      worse: true,
    });
    expect(failRate.expected).toBeCloseTo(8.5 / 81, 9);
    // P(X >= 7 of 10) = 0.0000126; Benjamini and Hochberg among the three series of that week: at most x 3
    expect(failRate.pValue).toBeLessThan(3 * 1.2603e-5);
    expect(failRate.pValue).toBeGreaterThan(1.26e-5);
  });

  it('gives none for 4 in 10, p 0.0151', () => {
    const fewer = events.filter(({ id }) => !/^i-d-9-[567]$/.test(id));
    expect(
      anomaliesOf(fewer).anomalies.filter(
        ({ metric }) => metric === 'changeFailRate',
      ),
    ).toEqual([]);
  });
});

describe('worked example of B10: b10-cost.ndjson', () => {
  it('finds a week strange that costs 14.10 after 10 to 13', () => {
    // 10 12 11 13 12 11 10 12: median 11.5, MAD 0.5; 0.6745 * (14.1 - 11.5) / 0.5 = 3.5074, above 3.5
    const { anomalies } = anomaliesOf(worked('b10-cost.ndjson'));
    expect(anomalies).toMatchObject([
      {
        metric: 'cost',
        method: 'modified-z',
        observed: 14.1,
        expected: 11.5,
        unit: 'currency',
        evidence: ['cost-9'],
        message:
          'cost is higher in the week from 2026-02-02T00:00:00.000Z: 14.1 EUR where 11.5 EUR was to be expected (modified-z, 8 weeks of history)',
      },
    ]);
    expect(anomalies[0].statistic).toBeCloseTo(3.5074, 4);
  });

  it('says nothing with a week less of history', () => {
    const shorter = worked('b10-cost.ndjson').slice(1);
    expect(anomaliesOf(shorter)).toMatchObject({
      anomalies: [],
      unjudged: [{ metric: 'cost', n: 7 }],
    });
  });
});

describe('worked example of F1: f1-paradox.ndjson', () => {
  const { status, index, interval, weakest, volume, stages } = reportOf(
    worked('f1-paradox.ndjson'),
  ).paradox!;

  /*
   * 28 days with one merged change a day, deployed within an hour; then, in the window, two a day, of which one is
   * deployed within an hour: log(2 / 1) - log(1 / 1) = 0.6931.
   */
  it('gives log 2 and names the deploy stage', () => {
    expect(status).toBe('ok');
    expect(index).toBeCloseTo(Math.log(2), 9);
    // the same on every day: whatever days are drawn, the index is the same
    expect(interval!.low).toBeCloseTo(Math.log(2), 9);
    expect(interval!.high).toBeCloseTo(Math.log(2), 9);
    expect(weakest).toBe('deploy');
    expect(volume).toMatchObject({ now: 2, baseline: 1 });
  });

  it('lists what went through the stage, and says what is not known of the others', () => {
    expect(stages.map(({ stage, status: known }) => [stage, known])).toEqual([
      ['test', 'not-instrumented'],
      ['security', 'not-instrumented'],
      ['deploy', 'ok'],
      ['recover', 'not-instrumented'],
    ]);
    expect(stages[2]).toMatchObject({ now: 1, baseline: 1, change: 0 });
    expect(stages[2].evidence).toEqual(
      Array.from({ length: 28 }, (_, index2) => `d-${index2 + 29}`),
    );
  });
});
