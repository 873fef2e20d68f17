import { body, deployed, detected } from '../__fixtures__/deliveryEvents';
import { WINDOW } from '../__fixtures__/report';
import type { HealthOptions } from '../computeHealth';
import type { DeliveryEvent } from '../deliveryEvent';
import { parseDeliveryEvent } from '../parseDeliveryEvent';
import { detectAnomalies } from './detectAnomalies';
import { seriesOf } from './seriesOf';

const DAY = 86_400_000;
/** A Monday, twelve weeks before `WINDOW.now`, which is a Monday as well. */
const START = WINDOW.now.getTime() - 12 * 7 * DAY;

function at(day: number, hours = 12): string {
  return new Date(START + day * DAY + hours * 3_600_000).toISOString();
}

function seriesFor(
  events: readonly DeliveryEvent[],
  options: Partial<HealthOptions> = {},
) {
  return seriesOf({
    ...WINDOW,
    events,
    entityRef: 'component:default/checkout',
    environment: 'production',
    ...options,
  });
}

function named(all: ReturnType<typeof seriesOf>, metric: string) {
  return all.find(series => series.metric === metric)!;
}

/** One deployment every other day. */
const DEPLOYMENTS = Array.from({ length: 42 }, (_, index) =>
  deployed(`d${index}`, at(2 * index), {
    changes: [
      {
        sha: index.toString(16).padStart(40, '0'),
        committedAt: at(2 * index, 0),
      },
    ],
  }),
);

describe('seriesOf', () => {
  it('makes weeks from Monday where a day holds too little, complete ones only', () => {
    const { bucket, points } = named(
      seriesFor(DEPLOYMENTS),
      'deploymentFrequency',
    );
    expect(bucket).toBe('week');
    // the first week is not whole: the source was first heard of at noon
    expect(points).toHaveLength(11);
    expect(points[0].from).toBe(new Date(START + 7 * DAY).toISOString());
    expect(points.map(({ value }) => value)).toEqual([
      3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3,
    ]);
    expect(points[0]).toMatchObject({
      exposure: 7,
      evidence: ['d4-deployed', 'd5-deployed', 'd6-deployed'],
    });
  });

  it('makes days with their weekday where enough happens', () => {
    const often = Array.from({ length: 84 }, (_, index) => [
      deployed(`a${index}`, at(index, 9)),
      deployed(`b${index}`, at(index, 15)),
    ]).flat();
    const { bucket, points } = named(seriesFor(often), 'deploymentFrequency');
    expect(bucket).toBe('day');
    expect(points).toHaveLength(83);
    expect(points[0]).toMatchObject({ season: 2, value: 2 });
    expect(points.at(-1)).toMatchObject({ season: 7, value: 2 });
  });

  it('cuts days and weeks in the time zone of the entity', () => {
    const { points } = named(
      seriesFor(DEPLOYMENTS, { timeZone: 'America/New_York' }),
      'deploymentFrequency',
    );
    expect(points[0].from).toBe(
      new Date(START + 7 * DAY + 5 * 3_600_000).toISOString(),
    );
  });

  it('gives rates their counts, and no value to a median of less than three', () => {
    const all = seriesFor([
      ...DEPLOYMENTS,
      detected('i1', at(16, 13), { causedBy: { deploymentId: 'd8' } }),
    ]);
    expect(named(all, 'changeFailRate').points[1]).toMatchObject({
      numerator: 1,
      denominator: 4,
      value: 0.25,
    });
    expect(named(all, 'changeLeadTime').points[1]).toMatchObject({
      value: 12 * 3_600,
      n: 4,
    });
    const thin = named(
      seriesFor(DEPLOYMENTS.filter((_, index) => index % 2 === 0)),
      'changeLeadTime',
    );
    expect(thin.points.map(({ value }) => value)).toEqual(
      thin.points.map(() => null),
    );
  });

  it('counts incidents by when they began, and re-runs by their runs', () => {
    const runs = Array.from({ length: 24 }, (_, index) =>
      parseDeliveryEvent(
        body('pipelinerun.finished', at(3.5 * index), {
          id: `r${index}`,
          subjectId: `run-${index}`,
          content: { outcome: 'success', pipelineName: 'ci' },
          goldenPath: { attempt: index % 4 === 0 ? 2 : 1 },
        }),
      ),
    );
    const all = seriesFor([
      ...runs,
      ...[0, 20, 21, 22].map(day => detected(`i${day}`, at(day))),
    ]);
    expect(named(all, 'incidents').points.map(({ value }) => value)).toEqual([
      0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(named(all, 'rerunRate').points[0]).toMatchObject({
      numerator: 0,
      denominator: 2,
    });
    expect(all.map(({ metric }) => metric)).toEqual(['incidents', 'rerunRate']);
  });

  it('takes costs only where charges cover the day, in one currency', () => {
    const charge = (day: number, amount: number, currency = 'EUR') => {
      const raw = body('placeholder', at(day + 1, 1), {
        content: {
          from: at(day, 0),
          to: at(day + 1, 0),
          amount,
          currency,
          column: 'EffectiveCost',
        },
      });
      (raw.context as Record<string, unknown>).type =
        'dev.cdeventsx.goldenpath-cost.charged.0.1.0';
      return parseDeliveryEvent(raw);
    };
    const charges = Array.from({ length: 84 }, (_, day) => charge(day, 5));
    const { bucket, points, currency } = named(
      seriesFor(charges.filter((_, day) => day !== 40)),
      'cost',
    );
    expect({ bucket, currency }).toEqual({ bucket: 'day', currency: 'EUR' });
    expect(points[0]).toMatchObject({ value: 5, season: 1 });
    expect(points[40].value).toBeNull();
    expect(seriesFor([...charges, charge(3, 5, 'USD')])).toEqual([]);
  });

  it('has no series for what has no source', () => {
    expect(seriesFor([])).toEqual([]);
  });

  it('feeds detectAnomalies', () => {
    const storm = Array.from({ length: 8 }, (_, index) =>
      detected(`storm${index}`, at(80, index)),
    );
    const series = seriesFor([
      ...DEPLOYMENTS,
      detected('first', at(0)),
      ...storm,
    ]);
    const { anomalies } = detectAnomalies({
      entityRef: 'component:default/checkout',
      environment: 'production',
      series,
      now: WINDOW.now,
    });
    expect(anomalies).toMatchObject([
      {
        metric: 'incidents',
        method: 'poisson-tail',
        observed: 8,
        at: at(77, 0),
        until: at(84, 0),
        worse: true,
        evidence: expect.arrayContaining([storm[0].id]),
      },
    ]);
  });
});
