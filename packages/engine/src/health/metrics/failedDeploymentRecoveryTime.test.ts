import {
  deployed,
  detected,
  pipeline,
  resolved,
  rolledBack,
} from '../__fixtures__/deliveryEvents';
import { metricsOf, WINDOW } from '../__fixtures__/report';
import type { DeliveryEvent } from '../deliveryEvent';

const HOUR = 3600;
const at = (day: number, time: string) =>
  `2026-01-${String(day).padStart(2, '0')}T${time}:00Z`;

/** A deployment at noon whose incident starts after 10 and ends after the given minutes. */
function failure(day: number, minutes?: number): DeliveryEvent[] {
  const cause = { causedBy: { deploymentId: `d${day}` } };
  const end = new Date(Date.parse(at(day, '12:00')) + (minutes ?? 0) * 60_000);
  return [
    deployed(`d${day}`, at(day, '12:00')),
    detected(`i${day}`, at(day, '12:10'), cause),
    ...(minutes === undefined ? [] : [resolved(`i${day}`, end.toISOString())]),
  ];
}

const recoveryOf = (...events: DeliveryEvent[]) =>
  metricsOf(events).failedDeploymentRecoveryTime;

describe('failedDeploymentRecoveryTime', () => {
  it('is the median from the deployment to its recovery', () => {
    expect(
      recoveryOf(
        ...failure(6, 30),
        ...failure(8, 40),
        ...failure(10, 90),
        deployed('fine', at(12, '12:00')),
      ),
    ).toMatchObject({
      status: 'ok',
      value: 40 * 60,
      unit: 'seconds',
      n: 3,
      quantiles: { p50: 2400, p75: 3900, p90: 4800 },
      band: 'elite',
      open: [],
      stages: { detect: 600, restore: 1800 },
    });
  });

  it.each([
    [
      'the incident is resolved',
      [
        ...failure(6, 60),
        rolledBack('r', at(6, '14:00'), { rollbackOf: 'd6' }),
        deployed('f', at(6, '15:00'), { fixes: ['i6'] }),
      ],
      HOUR,
    ],
    [
      'the rollback is through',
      [
        ...failure(6, 240),
        rolledBack('r', at(6, '14:00'), { rollbackOf: 'd6' }),
        deployed('f', at(6, '15:00'), { fixes: ['i6'] }),
      ],
      2 * HOUR,
    ],
    [
      'the fix is through',
      [
        ...failure(6, 240),
        rolledBack('r', at(6, '15:30'), { rollbackOf: 'd6' }),
        deployed('f', at(6, '15:00'), { fixes: ['i6'] }),
      ],
      3 * HOUR,
    ],
    [
      'a rollback that succeeds is through',
      [
        ...failure(6),
        pipeline('r', at(6, '13:00'), 'failure', {
          kind: 'rollback',
          rollbackOf: 'd6',
          reachedProduction: false,
        }),
        rolledBack('r2', at(6, '14:00'), { rollbackOf: 'd6' }),
      ],
      2 * HOUR,
    ],
    [
      'the first of two incidents is resolved',
      [
        ...failure(6, 90),
        detected('i', at(6, '12:20'), { causedBy: { deploymentId: 'd6' } }),
        resolved('i', at(6, '13:00')),
      ],
      HOUR,
    ],
    [
      'a suspected incident is not waited for',
      [
        deployed('d6', at(6, '12:00')),
        detected('i', at(6, '12:20')),
        resolved('i', at(6, '12:30')),
        rolledBack('r', at(6, '13:00'), { rollbackOf: 'd6' }),
      ],
      HOUR,
    ],
  ])('ends when %s', (_name, events, seconds) => {
    expect(recoveryOf(...events)).toMatchObject({ n: 1, value: seconds });
  });

  it('keeps open failures in view, also older ones, with their age', () => {
    const metric = metricsOf(
      [
        ...failure(6, 30),
        ...failure(7, 30),
        ...failure(8, 30),
        ...failure(9),
        deployed('old', '2026-01-01T12:00:00Z'),
        detected('i-old', '2026-01-01T13:00:00Z', {
          causedBy: { deploymentId: 'old' },
        }),
      ],
      { now: new Date(at(9, '15:00')) },
    ).failedDeploymentRecoveryTime;
    expect(metric).toMatchObject({
      status: 'ok',
      n: 3,
      value: 1800,
      open: [
        { id: 'old', seconds: 195 * HOUR },
        { id: 'd9', seconds: 3 * HOUR },
      ],
    });
    expect(metric.note).toContain('2 failures still open');
  });

  it('gives no better band than the open failures leave possible', () => {
    const closed = [...failure(6, 30), ...failure(7, 30), ...failure(8, 30)];
    expect(recoveryOf(...closed, ...failure(9), ...failure(10))).toMatchObject({
      value: 1800,
      band: 'elite',
    });
    // three from before the window and two in it: with all of them ending now the median were weeks
    const older = ['x', 'y', 'z'].flatMap(id => [
      deployed(id, '2026-01-01T12:00:00Z'),
      detected(`i-${id}`, '2026-01-01T13:00:00Z', {
        causedBy: { deploymentId: id },
      }),
    ]);
    expect(
      recoveryOf(...closed, ...failure(9), ...failure(10), ...older),
    ).toMatchObject({ value: 1800, band: 'low' });
  });

  it('has no value while too many are open to tell', () => {
    const closed = [...failure(6, 30), ...failure(7, 30), ...failure(8, 30)];
    const metric = recoveryOf(
      ...closed,
      ...failure(9),
      ...failure(10),
      ...failure(11),
    );
    expect(metric).toMatchObject({ status: 'insufficient', value: null, n: 3 });
    expect(metric.band).toBeUndefined();
    expect(metric.note).toContain('no median: too many are open to tell');
  });

  it('has no value while none has recovered', () => {
    const metric = recoveryOf(...failure(6));
    expect(metric).toMatchObject({ status: 'insufficient', value: null, n: 0 });
    expect(metric.open).toEqual([
      {
        id: 'd6',
        seconds: (WINDOW.now.getTime() - Date.parse(at(6, '12:00'))) / 1000,
      },
    ]);
    expect(metric.note).toContain('1 failure still open (>= 33 d)');
  });

  it('is no 0 without a failed deployment', () => {
    expect(
      metricsOf([deployed('d', at(6, '12:00'))], {
        instrumented: { incidents: true },
      }).failedDeploymentRecoveryTime,
    ).toMatchObject({
      status: 'no-data',
      value: null,
      note: 'no failed deployment',
    });
  });

  it('is no number where nothing can tell of a failure', () => {
    expect(recoveryOf(deployed('d', at(6, '12:00')))).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
  });

  it('leaves out a recovery before the end of the deployment', () => {
    const metric = recoveryOf(
      deployed('d6', at(6, '12:00')),
      detected('i', at(6, '11:00'), { causedBy: { deploymentId: 'd6' } }),
      resolved('i', at(6, '11:30')),
    );
    expect(metric).toMatchObject({ status: 'no-data', n: 0, open: [] });
    expect(metric.note).toContain('1 recovery time left out');
  });

  it('needs three recoveries for a judgement', () => {
    const metric = recoveryOf(...failure(6, 30), ...failure(7, 90));
    expect(metric).toMatchObject({ status: 'insufficient', value: HOUR });
    expect(metric.band).toBeUndefined();
  });
});
