import { decided, requested } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';

const HOUR = 3_600;

function figure(
  events: Parameters<typeof metricsOf>[0],
  options: Parameters<typeof metricsOf>[1] = {},
) {
  return metricsOf(events, options).approvalWait;
}

function partOf(metric: ReturnType<typeof figure>, name: string) {
  return metric.parts!.find(part => part.name === name);
}

/** Asked for on Wednesday 14 January at 10 and decided so many hours later. */
function waited(id: string, hours: number, goldenPath = {}, content?: object) {
  const start = Date.parse('2026-01-14T10:00:00Z');
  return [
    requested(id, '2026-01-14T10:00:00Z'),
    decided(
      id,
      new Date(start + hours * HOUR * 1000).toISOString(),
      goldenPath,
      content as Record<string, unknown> | undefined,
    ),
  ];
}

describe('B8 approval wait', () => {
  it('B8 approval wait: from the request to the decision; median, p75 and p90', () => {
    const metric = figure([
      ...waited('a', 1),
      ...waited('b', 2),
      ...waited('c', 4, {}, { decision: 'rejected' }),
    ]);
    expect(metric).toMatchObject({
      status: 'ok',
      value: 2 * HOUR,
      n: 3,
      unit: 'seconds',
      quantiles: { p50: 2 * HOUR, p75: 3 * HOUR },
      open: [],
    });
    expect(metric.quantiles!.p90).toBeCloseTo(3.6 * HOUR, 6);
    expect(metric.evidence).toHaveLength(6);
  });

  it('B8 approval wait: only working time in the zone of the team', () => {
    const events = [
      // Friday 16:00 to Monday 10:00 UTC: 2 h and 1 h of working time
      requested('a', '2026-01-09T16:00:00Z'),
      decided('a', '2026-01-12T10:00:00Z'),
      // overnight, before and after work
      requested('b', '2026-01-13T19:00:00Z'),
      decided('b', '2026-01-14T08:00:00Z'),
      requested('c', '2026-01-14T10:00:00Z'),
      decided('c', '2026-01-14T11:00:00Z'),
    ];
    expect(partOf(figure(events), 'business-hours')).toMatchObject({
      value: HOUR,
      n: 3,
      note: 'only working time in UTC',
    });
    expect(
      partOf(figure(events), 'business-hours-p90')!.value! / HOUR,
    ).toBeCloseTo(2.6, 10);
    // in New York it is 11:00 on Friday and 5:00 on Monday: 7 h
    expect(
      partOf(
        figure(events.slice(0, 2), { timeZone: 'America/New_York' }),
        'business-hours',
      )!.value,
    ).toBe(7 * HOUR);
  });

  it('B8 waiting for others: approvals by someone outside the owning group of those where it is known', () => {
    const metric = figure([
      ...waited('a', 1, { byOthers: true }),
      ...waited('b', 2, { byOthers: true }),
      ...waited('c', 3, { byOthers: false }),
      ...waited('d', 4),
    ]);
    expect(partOf(metric, 'waiting-for-others')).toMatchObject({
      value: 2 / 3,
      numerator: 2,
      denominator: 3,
      note: expect.stringContaining('1 decision left out'),
    });
  });

  it('B8 open requests: are listed with their age and are not in the median', () => {
    const metric = figure([
      ...waited('a', 1),
      requested('b', '2026-02-01T00:00:00Z'),
      requested('c', '2025-12-31T00:00:00Z'),
      requested('later', '2026-02-03T00:00:00Z'),
    ]);
    expect(metric).toMatchObject({
      n: 1,
      open: [
        { id: 'c', seconds: 40 * 24 * HOUR },
        { id: 'b', seconds: 8 * 24 * HOUR },
      ],
    });
    expect(partOf(metric, 'open')!.value).toBe(2);
    expect(partOf(metric, 'oldest-open')!.value).toBe(40 * 24 * HOUR);
    expect(metric.note).toContain('2 requests still open');
  });

  it('counts in the window of the decision', () => {
    expect(
      figure([
        requested('a', '2026-01-04T00:00:00Z'),
        decided('a', '2026-01-05T00:00:00Z'),
        requested('b', '2026-02-01T00:00:00Z'),
        decided('b', '2026-02-02T00:00:00Z'),
      ]),
    ).toMatchObject({ n: 1, value: 24 * HOUR, open: [] });
  });

  it('waits since the first request, and anew after a decision', () => {
    const metric = figure([
      requested('a', '2026-01-14T08:00:00Z'),
      requested('a', '2026-01-14T09:00:00Z'),
      decided('a', '2026-01-14T10:00:00Z', {}, { decision: 'rejected' }),
      requested('a', '2026-01-14T12:00:00Z'),
      decided('a', '2026-01-14T13:00:00Z'),
    ]);
    expect(metric).toMatchObject({ n: 2, value: 1.5 * HOUR });
  });

  it('takes the start a decision states where no request was reported', () => {
    expect(
      figure([
        decided('a', '2026-01-14T10:00:00Z', {
          startedAt: '2026-01-14T09:00:00Z',
        }),
        decided('b', '2026-01-14T10:00:00Z'),
      ]),
    ).toMatchObject({
      n: 1,
      value: HOUR,
      note: expect.stringContaining('1 decision left out'),
    });
  });

  it('leaves out what was closed without a decision', () => {
    expect(figure(waited('a', 1, {}, { decision: 'cancelled' }))).toMatchObject(
      {
        status: 'no-data',
        value: null,
        note: expect.stringContaining('1 request closed without a decision'),
      },
    );
  });

  it('leaves out approvals of another environment', () => {
    expect(
      figure([
        requested('a', '2026-01-14T09:00:00Z', { environment: 'staging' }),
        decided('a', '2026-01-14T10:00:00Z'),
      ]).status,
    ).toBe('not-instrumented');
  });

  it('tells no source from none in the window and from too few', () => {
    expect(figure([])).toMatchObject({ status: 'not-instrumented' });
    expect(figure([requested('a', '2026-01-14T09:00:00Z')])).toMatchObject({
      status: 'no-data',
      value: null,
    });
    expect(figure([...waited('a', 1), ...waited('b', 1)]).status).toBe(
      'insufficient',
    );
  });
});
