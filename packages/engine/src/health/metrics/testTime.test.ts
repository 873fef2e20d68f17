import { tested } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';

const at = (time: string) => `2026-01-14T${time}:00Z`;
const from = (time: string) => ({ startedAt: at(time) });

const SUITES = [
  tested('t1', at('10:10'), from('10:00')),
  tested('t2', at('11:20'), from('11:00'), 'testsuiterun', 'failure'),
  tested('t3', at('12:40'), from('12:00')),
];

function figure(events: Parameters<typeof metricsOf>[0]) {
  return metricsOf(events).testTime;
}

describe('testTime', () => {
  it('is the median from start to end, whatever environment the tests ran in', () => {
    expect(figure(SUITES)).toMatchObject({
      status: 'ok',
      value: 1200,
      unit: 'seconds',
      n: 3,
      quantiles: { p50: 1200, p75: 1800 },
      evidence: ['t1', 't2', 't3'],
    });
  });

  it('leaves out single cases beside suites, and takes them without', () => {
    const cases = [
      tested('c1', at('10:01'), from('10:00'), 'testcaserun'),
      tested('c2', at('10:02'), from('10:01'), 'testcaserun'),
    ];
    expect(figure([...SUITES, ...cases]).n).toBe(3);
    expect(figure(cases)).toMatchObject({ status: 'insufficient', value: 60 });
  });

  it('leaves out cancelled runs and those with no or a later start, and says so', () => {
    expect(
      figure([
        ...SUITES,
        tested('x1', at('13:00'), from('12:00'), 'testsuiterun', 'cancel'),
        tested('x2', at('13:00')),
        tested('x3', at('13:00'), from('14:00')),
      ]),
    ).toMatchObject({
      value: 1200,
      n: 3,
      note: '1 test run without a start time; 1 test run left out: ended before the start; 1 test run left out: cancelled',
    });
  });

  it('tells no source from none in the window', () => {
    expect(figure([])).toMatchObject({
      status: 'not-instrumented',
      note: 'no source of test runs is connected',
    });
    expect(figure([tested('t', '2026-01-01T00:00:00Z')])).toMatchObject({
      status: 'no-data',
      value: null,
      note: 'no test run in the window',
    });
  });
});
