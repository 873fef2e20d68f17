import { deployed, pipeline } from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';

/** Wednesday at noon, evening and morning; Saturday; Thursday, failed, at night. */
const EVENTS = [
  deployed('noon', '2026-01-14T12:00:00Z'),
  deployed('evening', '2026-01-14T19:00:00Z'),
  deployed('morning', '2026-01-14T08:30:00Z'),
  deployed('saturday', '2026-01-17T12:00:00Z'),
  pipeline('night', '2026-01-15T02:00:00Z', 'failure'),
];

describe('offHours', () => {
  it('divides deployments outside working time by all', () => {
    expect(metricsOf(EVENTS).offHours).toMatchObject({
      status: 'ok',
      value: 0.8,
      numerator: 4,
      denominator: 5,
      unit: 'ratio',
      interval: { low: expect.any(Number), high: expect.any(Number) },
      parts: [
        { name: 'free-days', value: 1, evidence: ['saturday-deployed'] },
        { name: 'before-or-after', value: 3 },
      ],
    });
  });

  it('goes by the time zone and the working time of the team', () => {
    // 8:30 UTC is 9:30 in Berlin
    expect(
      metricsOf(EVENTS, { timeZone: 'Europe/Berlin' }).offHours.numerator,
    ).toBe(3);
    expect(
      metricsOf(EVENTS, {
        workingHours: { days: [1, 2, 3, 4, 5, 6], start: 8, end: 20 },
      }).offHours.numerator,
    ).toBe(1);
  });

  it('leaves out cancelled deployments and those outside the window', () => {
    expect(
      metricsOf([
        ...EVENTS,
        pipeline('cancelled', '2026-01-15T03:00:00Z', 'cancel'),
        deployed('before', '2026-01-04T03:00:00Z'),
      ]).offHours.denominator,
    ).toBe(5);
  });

  it('tells no source from none in the window and from too few', () => {
    expect(metricsOf([]).offHours.status).toBe('not-instrumented');
    expect(
      metricsOf([], { instrumented: { deployments: true } }).offHours,
    ).toMatchObject({ status: 'no-data', value: null });
    expect(metricsOf(EVENTS.slice(1)).offHours.status).toBe('insufficient');
  });
});
