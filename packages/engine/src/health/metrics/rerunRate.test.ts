import { pipeline } from '../__fixtures__/deliveryEvents';
import { run } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';

const SHA = 'a'.repeat(40);

function figure(events: Parameters<typeof metricsOf>[0]) {
  return metricsOf(events).rerunRate;
}

function partOf(metric: ReturnType<typeof figure>, name: string) {
  return metric.parts!.find(part => part.name === name);
}

/** So many runs that passed at the first attempt. */
function passing(count: number) {
  return Array.from({ length: count }, (_, index) =>
    run(`ok${index}`, 1, '2026-01-08T10:00:00Z', 'success'),
  );
}

const at = (time: string) => `2026-01-10T${time}:00Z`;

describe('B8 re-run', () => {
  it('B8 re-run: runs with an attempt above 1 of all runs', () => {
    expect(
      figure([
        ...passing(3),
        run('r1', 1, at('10:00'), 'failure'),
        run('r1', 2, at('11:00'), 'failure'),
        run('r1', 3, at('12:00'), 'success'),
        // the first attempt was never reported
        run('r2', 2, at('13:00'), 'cancel'),
      ]),
    ).toMatchObject({
      status: 'ok',
      value: 0.4,
      numerator: 2,
      denominator: 5,
      unit: 'ratio',
      interval: { low: expect.any(Number), high: expect.any(Number) },
      evidence: ['ok0-1', 'ok1-1', 'ok2-1', 'r1-1', 'r1-2', 'r1-3', 'r2-2'],
    });
  });

  it('B8 re-run: a run counts in the window of its last attempt', () => {
    const late = [
      run('r1', 1, '2026-02-01T23:00:00Z', 'failure'),
      run('r1', 2, '2026-02-02T01:00:00Z', 'success'),
    ];
    expect(figure([...passing(5), ...late])).toMatchObject({
      numerator: 0,
      denominator: 5,
    });
  });

  it('B8 re-run: the same run of another pipeline or sender is another run', () => {
    expect(
      figure([
        run('1', 1, at('10:00'), 'success'),
        run(
          '1',
          1,
          at('10:01'),
          'success',
          {},
          {
            content: { pipelineName: 'nightly' },
            id: 'n',
          },
        ),
        run('1', 1, at('10:02'), 'success', {}, { source: '/other' }),
      ]),
    ).toMatchObject({ numerator: 0, denominator: 3 });
  });

  it('B8 re-run: a deployment told by a pipeline is a run where its attempt is numbered', () => {
    expect(
      figure([
        ...passing(1),
        pipeline('d1', at('10:00'), 'failure', { attempt: 1 }),
        pipeline('d1', at('11:00'), 'success', { attempt: 2 }),
        pipeline('d2', at('12:00'), 'failure'),
      ]),
    ).toMatchObject({ numerator: 1, denominator: 2 });
  });

  it('B8 re-run: a sender that never numbers attempts tells nothing of it', () => {
    const plain = (id: string, source: string) =>
      run(id, undefined, at('10:00'), 'success', {}, { source, id });
    expect(figure([plain('r1', '/jenkins')])).toMatchObject({
      status: 'not-instrumented',
      value: null,
      note: 'no sender says which attempt a run was',
    });
    expect(figure([plain('r1', '/jenkins'), ...passing(2)])).toMatchObject({
      denominator: 2,
      note: expect.stringContaining('1 run left out'),
    });
    // beside numbered runs of the same sender it is a first attempt
    expect(figure([plain('r1', '/ci'), ...passing(2)]).denominator).toBe(3);
    // the same run again is its next attempt
    expect(
      figure([
        run('r1', undefined, at('10:00'), 'failure'),
        run('r1', undefined, at('11:00'), 'success'),
      ]),
    ).toMatchObject({ numerator: 1, denominator: 1 });
  });

  it('B8 flaky: failed, then passed on the same commit, in the same run or another', () => {
    const metric = figure([
      ...passing(1),
      run('r1', 1, at('10:00'), 'failure'),
      run('r1', 2, at('11:00'), 'success'),
      run('r2', 1, at('12:00'), 'failure', { sha: SHA }),
      run('r3', 1, at('13:00'), 'success', { sha: SHA.toUpperCase() }),
    ]);
    expect(metric).toMatchObject({ numerator: 1, denominator: 4 });
    expect(partOf(metric, 'flaky')).toMatchObject({
      value: 0.5,
      numerator: 2,
      denominator: 4,
      evidence: ['r1-1', 'r1-2', 'r2-1'],
    });
  });

  it('B8 flaky: not when it passed before, on another commit or in another pipeline', () => {
    const other = { content: { pipelineName: 'lint' } };
    expect(
      partOf(
        figure([
          run('r0', 1, at('09:00'), 'success', { sha: SHA }),
          run('r1', 1, at('10:00'), 'failure', { sha: SHA }),
          run('r2', 1, at('11:00'), 'success', { sha: 'b'.repeat(40) }),
          run('r3', 1, at('12:00'), 'success', { sha: SHA }, other),
        ]),
        'flaky',
      ),
    ).toMatchObject({ value: 0, numerator: 0 });
  });

  it('B8 wasted: the time of failed attempts that later passed', () => {
    const from = (time: string) => ({ startedAt: at(time) });
    const metric = figure([
      run('r1', 1, at('10:00'), 'failure', from('09:50')),
      run('r1', 2, at('11:00'), 'failure', from('10:55')),
      run('r1', 3, at('12:00'), 'success', from('11:00')),
      // never passed
      run('r2', 1, at('13:00'), 'failure', from('12:00')),
      run('r3', 1, at('14:00'), 'failure'),
      run('r3', 2, at('14:30'), 'success'),
    ]);
    expect(partOf(metric, 'wasted')).toMatchObject({
      value: 900,
      unit: 'seconds',
      n: 3,
      note: 'failed attempts that later passed; 1 attempt without a start time',
      evidence: ['r1-1', 'r1-2', 'r3-1'],
    });
    expect(
      partOf(
        figure([
          run('r3', 1, at('14:00'), 'failure'),
          run('r3', 2, at('14:30'), 'success'),
        ]),
        'wasted',
      )!.value,
    ).toBeNull();
  });

  it('tells no source from none in the window and from too few', () => {
    expect(figure([])).toMatchObject({ status: 'not-instrumented' });
    const old = run('r', 1, '2026-01-01T10:00:00Z', 'success');
    expect(figure([old])).toMatchObject({
      status: 'no-data',
      value: null,
      note: 'no pipeline run in the window',
    });
    expect(figure(passing(4)).status).toBe('insufficient');
    expect(figure(passing(5)).status).toBe('ok');
  });
});
