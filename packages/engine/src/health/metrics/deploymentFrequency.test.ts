import { deployed, pipeline, rolledBack } from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';

function onDays(...days: string[]) {
  return days.map((day, index) => deployed(`d${index}`, `${day}T12:00:00Z`));
}

describe('deploymentFrequency', () => {
  it('divides succeeded deployments by the days of the window', () => {
    const { deploymentFrequency } = metricsOf([
      ...onDays(
        '2026-01-06',
        '2026-01-06',
        '2026-01-13',
        '2026-01-20',
        '2026-01-21',
      ),
      rolledBack('r', '2026-01-22T12:00:00Z'),
      pipeline('failed', '2026-01-23T12:00:00Z', 'failure'),
      deployed(
        'staged',
        '2026-01-23T12:00:00Z',
        {},
        { environment: 'staging' },
      ),
      deployed('dry', '2026-01-23T12:00:00Z', { reachedProduction: false }),
    ]);
    // days per week: 1, 1, 3, 0; median 1
    expect(deploymentFrequency).toEqual({
      status: 'ok',
      value: 6 / 28,
      unit: 'per-day',
      n: 6,
      numerator: 6,
      denominator: 28,
      deployDaysPerWeek: 1,
      band: 'high',
      evidence: [
        'd0-deployed',
        'd1-deployed',
        'd2-deployed',
        'd3-deployed',
        'd4-deployed',
        'r-rolledback',
      ],
    });
  });

  it('counts a deployment at the start of the window, not at its end', () => {
    expect(
      metricsOf([
        deployed('start', '2026-01-05T00:00:00Z'),
        deployed('last', '2026-02-01T23:59:59.999Z'),
        deployed('end', '2026-02-02T00:00:00Z'),
        deployed('before', '2026-01-04T23:59:59.999Z'),
      ]).deploymentFrequency.evidence,
    ).toEqual(['start-deployed', 'last-deployed']);
  });

  it('honours the offset of an event', () => {
    expect(
      metricsOf([
        deployed('in', '2026-02-02T01:30:00+02:00'),
        deployed('out', '2026-02-01T23:30:00-02:00'),
      ]).deploymentFrequency.evidence,
    ).toEqual(['in-deployed']);
  });

  it.each([
    [
      'elite',
      [
        '05',
        '06',
        '07',
        '08',
        '09',
        '12',
        '13',
        '14',
        '15',
        '16',
        '19',
        '20',
        '21',
        '22',
        '23',
      ],
    ],
    ['high', ['05', '12', '19', '26']],
    ['medium', ['05', '06', '07']],
  ])('is %s', (band, days) => {
    expect(
      metricsOf(onDays(...days.map(day => `2026-01-${day}`)))
        .deploymentFrequency.band,
    ).toBe(band);
  });

  it('is low when the median calendar month has none', () => {
    expect(
      metricsOf(onDays('2025-11-05'), {
        from: new Date('2025-11-01T00:00:00Z'),
        to: new Date('2026-02-01T00:00:00Z'),
      }).deploymentFrequency,
    ).toMatchObject({ deployDaysPerWeek: 0, band: 'low' });
  });

  it('has no band from fewer than three complete weeks', () => {
    const { deploymentFrequency } = metricsOf(onDays('2026-01-06'), {
      from: new Date('2026-01-05T00:00:00Z'),
      to: new Date('2026-01-25T00:00:00Z'),
    });
    expect(deploymentFrequency.status).toBe('ok');
    expect(deploymentFrequency.band).toBeUndefined();
    expect(deploymentFrequency.note).toContain('2 complete weeks');
  });

  it('starts weeks on Monday, in UTC', () => {
    const options = {
      from: new Date('2026-01-04T00:00:00Z'),
      to: new Date('2026-01-12T00:00:00Z'),
    };
    const daysOf = (at: string) =>
      metricsOf([deployed('d', at)], options).deploymentFrequency
        .deployDaysPerWeek;
    expect(daysOf('2026-01-04T23:59:00Z')).toBe(0);
    expect(daysOf('2026-01-05T00:00:00Z')).toBe(1);
    expect(daysOf('2026-01-11T23:59:00Z')).toBe(1);
  });

  it('has no weekly figure where the window holds no complete week', () => {
    expect(
      metricsOf(onDays('2026-01-06'), {
        from: new Date('2026-01-06T00:00:00Z'),
        to: new Date('2026-01-09T00:00:00Z'),
      }).deploymentFrequency.deployDaysPerWeek,
    ).toBeNull();
  });

  it('is a true 0 without a band where a source is connected', () => {
    expect(
      metricsOf([], { instrumented: { deployments: true } })
        .deploymentFrequency,
    ).toEqual({
      status: 'ok',
      value: 0,
      unit: 'per-day',
      n: 0,
      numerator: 0,
      denominator: 28,
      deployDaysPerWeek: 0,
      note: 'no deployment in the window',
      evidence: [],
    });
    expect(metricsOf(onDays('2025-12-01')).deploymentFrequency).toMatchObject({
      status: 'ok',
      value: 0,
    });
  });

  it('is not a 0 where none is', () => {
    expect(metricsOf([]).deploymentFrequency).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
  });
});
