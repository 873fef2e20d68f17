import { scan } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';

const at = (time: string) => `2026-01-14T${time}:00Z`;

function timed(id: string, start: string, end: string, content = {}) {
  return scan(id, at(end), [], content, { startedAt: at(start) });
}

describe('scanTime', () => {
  it('is the median from start to end of the scans that looked at something', () => {
    expect(
      metricsOf([
        timed('s1', '10:00', '10:01'),
        timed('s2', '10:00', '10:05'),
        timed('s3', '10:00', '10:03'),
        timed('failed', '10:00', '10:50', { successful: false }),
        scan('empty', at('11:00'), undefined, {}, { startedAt: at('10:00') }),
      ]).scanTime,
    ).toMatchObject({
      status: 'ok',
      value: 180,
      n: 3,
      note: '2 scans left out: failed or without results',
      evidence: ['s1', 's3', 's2'],
    });
  });

  it('tells no source from no scan that succeeded', () => {
    expect(metricsOf([]).scanTime.status).toBe('not-instrumented');
    expect(
      metricsOf([timed('failed', '10:00', '10:50', { successful: false })])
        .scanTime,
    ).toMatchObject({ status: 'no-data', value: null });
  });
});
