import { deployed, detected, rolledBack } from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';

/** Deployments `d1` to `d<count>`, one a day from 6 January at noon. */
function daily(count: number) {
  return Array.from({ length: count }, (_, index) =>
    deployed(
      `d${index + 1}`,
      `2026-01-${String(index + 6).padStart(2, '0')}T12:00:00Z`,
    ),
  );
}

function incidentOf(deploymentId: string, id = `i-${deploymentId}`) {
  return detected(id, '2026-01-28T12:00:00Z', { causedBy: { deploymentId } });
}

describe('changeFailRate', () => {
  it('divides failed by ripe deployments and shows how', () => {
    const { changeFailRate } = metricsOf([...daily(10), incidentOf('d3')]);
    expect(changeFailRate).toMatchObject({
      status: 'ok',
      value: 0.1,
      unit: 'ratio',
      n: 10,
      numerator: 1,
      denominator: 10,
      band: 'high',
      pending: 0,
      suspected: 0,
    });
    // Wilson at 95 % for 1 in 10
    expect(changeFailRate.interval!.low).toBeCloseTo(0.0179, 4);
    expect(changeFailRate.interval!.high).toBeCloseTo(0.4042, 4);
    expect(changeFailRate.evidence).toHaveLength(11);
    expect(changeFailRate.evidence).toContain('d3-deployed');
    expect(changeFailRate.evidence).toContain(
      'i-d3-detected-2026-01-28T12:00:00Z',
    );
  });

  it('gives 0.1, not 0.2, for two incidents on one of ten deployments', () => {
    expect(
      metricsOf([...daily(10), incidentOf('d3'), incidentOf('d3', 'i-2')])
        .changeFailRate.value,
    ).toBe(0.1);
  });

  it.each([
    [20, 1, 'elite'],
    [20, 2, 'high'],
    [20, 3, 'medium'],
    [20, 4, 'low'],
  ])('with %d deployments and %d failures is %s', (count, failed, band) => {
    const incidents = Array.from({ length: failed }, (_, index) =>
      incidentOf(`d${index + 1}`),
    );
    expect(metricsOf([...daily(count), ...incidents]).changeFailRate.band).toBe(
      band,
    );
  });

  it('leaves deployments younger than the attribution window out of both', () => {
    const events = [...daily(6), incidentOf('d6')];
    const rateAt = (now: string, attributionWindowHours?: number) =>
      metricsOf(events, {
        now: new Date(now),
        instrumented: { incidents: true },
        attributionWindowHours,
      }).changeFailRate;
    expect(rateAt('2026-01-12T11:59:59Z')).toMatchObject({
      numerator: 0,
      denominator: 5,
      pending: 1,
      note: '1 pending',
    });
    expect(rateAt('2026-01-12T12:00:00Z')).toMatchObject({
      denominator: 6,
      pending: 0,
    });
    expect(rateAt('2026-01-12T12:00:00Z', 49)).toMatchObject({
      status: 'insufficient',
      denominator: 4,
      pending: 2,
    });
  });

  it('has a value but no band below five deployments', () => {
    const { changeFailRate } = metricsOf([...daily(4), incidentOf('d1')]);
    expect(changeFailRate).toMatchObject({
      status: 'insufficient',
      value: 0.25,
      n: 4,
      note: '4 deployments of at least 5',
    });
    expect(changeFailRate.band).toBeUndefined();
  });

  it('is no 0 without a ripe deployment', () => {
    const { changeFailRate } = metricsOf(daily(3), {
      now: new Date('2026-01-06T13:00:00Z'),
      instrumented: { incidents: true },
    });
    expect(changeFailRate).toMatchObject({
      status: 'no-data',
      value: null,
      denominator: 0,
      pending: 1,
    });
    expect(changeFailRate.interval).toBeUndefined();
  });

  it('is no 0 where nothing can tell of a failure', () => {
    expect(metricsOf(daily(10)).changeFailRate).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
    expect(
      metricsOf(daily(10), { instrumented: { incidents: true } })
        .changeFailRate,
    ).toMatchObject({ status: 'ok', value: 0, band: 'elite' });
  });

  it('is had from rollbacks alone, and says so', () => {
    const { changeFailRate } = metricsOf([
      ...daily(9),
      rolledBack('r', '2026-01-20T12:00:00Z', { rollbackOf: 'd9' }),
    ]);
    expect(changeFailRate).toMatchObject({ status: 'ok', value: 0.1 });
    expect(changeFailRate.note).toContain('no source of incidents');
  });
});
