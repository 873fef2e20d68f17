import { deployed, pipeline, rolledBack } from '../__fixtures__/deliveryEvents';
import { decided, requested, run } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';

const at = (time: string) => `2026-01-14T${time}:00Z`;

function figure(
  events: Parameters<typeof metricsOf>[0],
  options: Parameters<typeof metricsOf>[1] = {},
) {
  return metricsOf(events, options).toil;
}

function valuesOf(metric: ReturnType<typeof figure>) {
  return Object.fromEntries(
    metric.parts!.map(({ name, value }) => [name, value]),
  );
}

const WASTE = [
  run('r1', 1, at('10:00'), 'failure', { startedAt: at('09:50') }),
  run('r1', 2, at('11:00'), 'success', { startedAt: at('10:55') }),
];
const WAIT = [requested('a', at('12:00')), decided('a', at('13:00'))];

describe('B8 toil', () => {
  it('B8 toil: sums re-runs, waits for approval and work by hand, in seconds', () => {
    const metric = figure([
      ...WASTE,
      ...WAIT,
      run('r2', 1, at('14:00'), 'success', { trigger: 'manual' }),
      rolledBack('d2', at('15:00'), { trigger: 'manual', rollbackOf: 'd1' }),
    ]);
    expect(valuesOf(metric)).toEqual({
      're-runs': 600,
      'approval-wait': 3600,
      'manual-triggers': 600,
      'manual-rollbacks': 600,
      'retried-steps': 600,
    });
    expect(metric).toMatchObject({
      status: 'ok',
      value: 6000,
      unit: 'seconds',
      n: 5,
      note: 'steps by hand are estimated by minutes per step',
    });
    expect(metric.evidence).toEqual([
      'r1-1',
      'r1-2',
      expect.stringContaining('a-requested'),
      expect.stringContaining('a-decided'),
      'r2-1',
      'd2-rolledback',
    ]);
  });

  it('B8 hand work: count times the configured minutes of the kind, marked as an estimate', () => {
    const metric = figure(
      [
        deployed('d1', at('10:00'), { trigger: 'manual' }),
        deployed('d2', at('11:00'), { trigger: 'manual' }),
        deployed('d3', at('12:00'), { trigger: 'automatic' }),
        deployed('d4', at('13:00')),
      ],
      { manualMinutes: { trigger: 3 } },
    );
    expect(metric.parts).toContainEqual({
      name: 'manual-triggers',
      unit: 'seconds',
      value: 360,
      n: 2,
      estimate: true,
      note: '2 manual triggers of 3 minutes',
      evidence: ['d1-deployed', 'd2-deployed'],
    });
  });

  it('B8 hand work: a machine that retries or rolls back is none, a person who retries triggers nothing', () => {
    const values = valuesOf(
      figure([
        run('r1', 1, at('10:00'), 'failure', { trigger: 'manual' }),
        run('r1', 2, at('11:00'), 'failure', { trigger: 'manual' }),
        run('r1', 3, at('12:00'), 'success', { trigger: 'automatic' }),
        rolledBack('d1', at('13:00'), { trigger: 'automatic' }),
        rolledBack('d2', at('14:00')),
      ]),
    );
    expect(values).toMatchObject({
      'manual-triggers': 600,
      'retried-steps': 600,
      'manual-rollbacks': 0,
    });
  });

  it('B8 hand work: a run and the deployment of its chain are one step', () => {
    const chain = { chainId: 'chain-1' };
    expect(
      valuesOf(
        figure([
          run('r1', 1, at('10:00'), 'success', { trigger: 'manual' }, chain),
          deployed('d1', at('10:01'), { trigger: 'manual' }, chain),
          pipeline('d2', at('11:00'), 'success', {
            trigger: 'manual',
            attempt: 1,
          }),
        ]),
      ),
    ).toMatchObject({ 'manual-triggers': 1200 });
  });

  it('B8 toil: is a lower bound where a kind has no source, and never a share of time', () => {
    const metric = figure(WASTE);
    expect(valuesOf(metric)).toMatchObject({
      're-runs': 600,
      'approval-wait': null,
    });
    expect(metric.note).toContain('a lower bound: not known are approval-wait');
    expect(metric.parts!.every(({ unit }) => unit === 'seconds')).toBe(true);
  });

  it('tells no source from nothing in the window', () => {
    expect(figure([])).toMatchObject({ status: 'not-instrumented' });
    expect(
      figure([run('r', 1, '2026-01-01T00:00:00Z', 'success')]),
    ).toMatchObject({ status: 'no-data', value: null });
    expect(figure([run('r', 1, at('10:00'), 'success')])).toMatchObject({
      status: 'ok',
      value: 0,
    });
  });
});
