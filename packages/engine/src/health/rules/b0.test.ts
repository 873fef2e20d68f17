import {
  change,
  deployed,
  detected,
  resolved,
} from '../__fixtures__/deliveryEvents';
import {
  charge,
  decided,
  flags,
  measured,
  requested,
  run,
  scan,
  tested,
} from '../__fixtures__/downstreamEvents';
import { metricsOf, WINDOW } from '../__fixtures__/report';
import type { DeliveryEvent } from '../deliveryEvent';
import { computeHealth } from '../computeHealth';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A deployment, and an incident put down to it that lasts so many seconds. */
function failure(id: string, at: string, seconds: number): DeliveryEvent[] {
  const start = new Date(Date.parse(at));
  return [
    deployed(id, at),
    detected(`i-${id}`, at, { causedBy: { deploymentId: id } }),
    resolved(
      `i-${id}`,
      new Date(start.getTime() + seconds * 1000).toISOString(),
    ),
  ];
}

const day = (date: number, time = '12:00') =>
  `2026-01-${String(date).padStart(2, '0')}T${time}:00Z`;

describe('B0 rules for all metrics', () => {
  it('B0 unit: one entity and one environment, production for an event that names none', () => {
    const { deploymentFrequency } = metricsOf([
      deployed('mine', day(6), { entityRef: 'component:default/checkout' }),
      deployed('other', day(6), { entityRef: 'component:default/cart' }),
      deployed('staged', day(6), {}, { environment: 'staging' }),
    ]);
    expect(deploymentFrequency.evidence).toEqual(['mine-deployed']);
  });

  it('B0 window: half-open, an event at its end belongs to the next', () => {
    const events = [
      deployed('first', WINDOW.from.toISOString()),
      deployed('next', WINDOW.to.toISOString()),
    ];
    expect(metricsOf(events).deploymentFrequency.evidence).toEqual([
      'first-deployed',
    ]);
    expect(
      metricsOf(events, { from: WINDOW.to, to: WINDOW.now }).deploymentFrequency
        .evidence,
    ).toEqual(['next-deployed']);
  });

  it('B0 event time decides and its offset is honoured', () => {
    // 23:30Z on the 4th, and 01:30Z on the 5th, where the window starts
    const { deploymentFrequency } = metricsOf([
      deployed('before', '2026-01-05T01:30:00+02:00'),
      deployed('inside', '2026-01-04T23:30:00-02:00'),
    ]);
    expect(deploymentFrequency.evidence).toEqual(['inside-deployed']);
  });

  describe('B0 week buckets start on Monday in the entity time zone', () => {
    // Sunday 18 January 23:30Z is Monday 19 January 08:30 in Tokyo
    const events = [
      deployed('sunday', day(18, '23:30')),
      deployed('monday', day(19, '01:00')),
      deployed('tuesday', day(20)),
      deployed('wednesday', day(21)),
    ];
    const perWeek = (timeZone?: string) =>
      metricsOf(events, {
        // three weeks, from and to at midnight on Monday in the zone
        from: new Date(timeZone ? day(4, '15:00') : day(5, '00:00')),
        to: new Date(timeZone ? day(25, '15:00') : day(26, '00:00')),
        timeZone,
      }).deploymentFrequency.deployDaysPerWeek;

    it('B0 in UTC Sunday belongs to the week before', () => {
      // days per week 0, 1, 3
      expect(perWeek()).toBe(1);
    });

    it('B0 in Tokyo it is the same day as Monday in UTC', () => {
      // days per week 0, 0, 3
      expect(perWeek('Asia/Tokyo')).toBe(0);
    });

    it('B0 only whole weeks of the zone count', () => {
      const { deploymentFrequency } = metricsOf(events, {
        from: new Date(day(5, '00:00')),
        to: new Date(day(26, '00:00')),
        timeZone: 'America/New_York',
      });
      // midnight UTC is Sunday evening there: weeks of the 5th and the 12th are whole, that of the 19th ends later
      expect(deploymentFrequency.note).toContain('holds 2 complete weeks');
      expect(deploymentFrequency.value).toBe(4 / 21);
    });

    it('B0 a day of 23 hours is one day', () => {
      // clocks go forward in Berlin on 29 March 2026, so that 22:00Z is midnight there at its end, and 23:00Z at its start
      const { deploymentFrequency } = metricsOf(
        [
          deployed('a', '2026-03-28T23:30:00Z'),
          deployed('b', '2026-03-29T21:30:00Z'),
          deployed('c', '2026-03-29T22:30:00Z'),
        ],
        {
          from: new Date('2026-03-22T23:00:00Z'),
          to: new Date('2026-04-05T22:00:00Z'),
          now: new Date('2026-04-30T00:00:00Z'),
          timeZone: 'Europe/Berlin',
        },
      );
      // a and b on Sunday the 29th, c on Monday the 30th: 1 and 1
      expect(deploymentFrequency.deployDaysPerWeek).toBe(1);
    });
  });

  it('B0 status ok carries a band, the others none', () => {
    const four = [6, 7, 8, 9].flatMap(date =>
      failure(`d${date}`, day(date), HOUR),
    );
    const five = [...four, ...failure('d12', day(12), HOUR)];
    expect(metricsOf(four).changeFailRate).toMatchObject({
      status: 'insufficient',
      n: 4,
      value: 1,
    });
    expect(metricsOf(four).changeFailRate.band).toBeUndefined();
    expect(metricsOf(five).changeFailRate).toMatchObject({
      status: 'ok',
      n: 5,
      band: 'low',
    });
  });

  it('B0 minimum n: five deployments for a rate, three spans for a median', () => {
    const two = [6, 7].flatMap(date => failure(`d${date}`, day(date), HOUR));
    const three = [...two, ...failure('d8', day(8), HOUR)];
    const statusOf = (events: DeliveryEvent[]) => [
      metricsOf(events).deploymentReworkRate.status,
      metricsOf(events).failedDeploymentRecoveryTime.status,
      metricsOf(events).timeToRestore.status,
    ];
    expect(statusOf(two)).toEqual([
      'insufficient',
      'insufficient',
      'insufficient',
    ]);
    expect(statusOf(three)).toEqual(['insufficient', 'ok', 'ok']);
  });

  it('B0 no data, no source and a silent source are three different things', () => {
    const old = deployed('old', '2025-12-01T12:00:00Z');
    expect(metricsOf([]).changeLeadTime.status).toBe('not-instrumented');
    expect(metricsOf([old]).changeLeadTime.status).toBe('no-data');
    expect(
      metricsOf([old], {
        lastHeard: { deployments: new Date('2025-12-01T12:00:00Z') },
      }).changeLeadTime,
    ).toMatchObject({ status: 'stale', value: null });
  });

  describe('B0 stale: an entity that was last heard of too long ago', () => {
    const DAYS = 24 * 3_600_000;
    /** Every source there is, last heard of on 30 January. */
    const events = [
      ...failure('d1', day(20), HOUR),
      change('merged', 'pr', day(19), { sha: 'a', disclosure: 'automation' }),
      scan('s1', day(20), []),
      charge('c1', {}, { at: day(30) }),
      flags('f1', day(20), [{ key: 'f', type: 'release', enabled: true }]),
      run('r1', 1, day(20), 'success'),
      requested('a1', day(20)),
      decided('a1', day(21)),
      tested('t1', day(20)),
      measured('m1', day(30), 100),
    ];
    const heard = (after: number) => {
      const at = new Date('2026-01-30T12:00:00Z');
      return metricsOf(events, {
        now: new Date(at.getTime() + after),
        lastHeard: { deployments: at, incidents: at },
      });
    };
    const statuses = (after: number) =>
      Object.entries(heard(after)).map(
        ([name, { status }]) => [name, status] as const,
      );

    it('B0 stale: no metric but one without a source is anything else after a week', () => {
      expect(statuses(7 * DAYS + 1).filter(([, s]) => s !== 'stale')).toEqual(
        [],
      );
      expect(heard(7 * DAYS + 1).toil).toMatchObject({
        value: null,
        n: 0,
        evidence: [],
        note: 'nothing was heard of the entity for too long',
      });
    });

    it('B0 stale: nor is anything compared or judged', () => {
      const at = new Date('2026-01-30T12:00:00Z');
      const { paradox, aiOutcomes } = computeHealth({
        ...WINDOW,
        events,
        entityRef: 'component:default/checkout',
        environment: 'production',
        lastHeard: { deployments: at, incidents: at },
      });
      expect([paradox!.status, aiOutcomes!.status]).toEqual(['stale', 'stale']);
    });

    it('B0 stale: a week itself is not too long, and an error budget lives for 24 hours', () => {
      expect(statuses(7 * DAYS).filter(([, s]) => s === 'stale')).toEqual([
        ['errorBudget', 'stale'],
      ]);
      expect(heard(DAYS).errorBudget.status).not.toBe('stale');
    });

    it('B0 stale: what was never heard of stays not instrumented', () => {
      const { rerunRate, costPerChange } = metricsOf([], {
        lastHeard: { deployments: new Date('2025-12-01T12:00:00Z') },
      });
      expect([rerunRate.status, costPerChange.status]).toEqual([
        'not-instrumented',
        'not-instrumented',
      ]);
    });

    it('B0 stale: one silent source leaves the others alone', () => {
      const { offHours, testTime } = metricsOf(events, {
        lastHeard: {
          deployments: new Date('2026-01-20T12:00:00Z'),
          incidents: WINDOW.now,
        },
      });
      expect([offHours.status, testTime.status]).toEqual(['stale', 'no-data']);
    });
  });

  it('B0 quantiles interpolate linearly: the median of 10 and 20 is 15', () => {
    const { timeToRestore } = metricsOf([
      ...failure('a', day(6), 10),
      ...failure('b', day(7), 20),
    ]);
    // p75 = 10 + 0.75 * 10, p90 = 10 + 0.9 * 10
    expect(timeToRestore).toMatchObject({
      value: 15,
      quantiles: { p50: 15, p75: 17.5, p90: 19 },
    });
  });

  it('B0 nothing is rounded', () => {
    const { timeToRestore, changeFailRate } = metricsOf([
      ...failure('a', day(6), 0.25),
      deployed('b', day(7)),
      deployed('c', day(8)),
    ]);
    expect(timeToRestore.value).toBe(0.25);
    expect(changeFailRate.value).toBe(1 / 3);
  });

  it('B0 a negative stage span is left out with a flag', () => {
    const { changeLeadTime } = metricsOf([
      deployed('d', day(6), {
        changes: [
          { sha: 'a', committedAt: day(5), mergedAt: day(6, '13:00') },
          { sha: 'b', committedAt: day(5), mergedAt: day(6, '11:00') },
        ],
      }),
    ]);
    expect(changeLeadTime).toMatchObject({
      n: 2,
      value: DAY,
      stages: { mergeToDeploy: HOUR },
    });
    expect(changeLeadTime.note).toContain('1 stage span left out');
  });

  it('B0 every metric says status, n, window and evidence', () => {
    const report = computeHealth({
      ...WINDOW,
      events: failure('a', day(6), HOUR),
      entityRef: 'component:default/checkout',
      environment: 'production',
    });
    expect(report.window).toEqual({
      from: '2026-01-05T00:00:00.000Z',
      to: '2026-02-02T00:00:00.000Z',
    });
    for (const metric of Object.values(report.metrics)) {
      expect(metric).toMatchObject({
        status: expect.any(String),
        n: expect.any(Number),
        evidence: expect.any(Array),
      });
    }
    expect(report.metrics.changeFailRate).toMatchObject({
      numerator: 1,
      denominator: 1,
      interval: { low: expect.any(Number), high: 1 },
      evidence: [
        'a-deployed',
        `i-a-detected-${day(6)}`,
        'i-a-resolved-2026-01-06T13:00:00.000Z',
      ],
    });
  });
});
