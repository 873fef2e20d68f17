import { detected, resolved } from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';
import type { DeliveryEvent } from '../deliveryEvent';

const HOUR = 3600;

function incident(id: string, start: string, end?: string): DeliveryEvent[] {
  return [
    detected(id, start, { changeRelated: false }),
    ...(end ? [resolved(id, end)] : []),
  ];
}

const restoreOf = (...events: DeliveryEvent[]) =>
  metricsOf(events).timeToRestore;

describe('timeToRestore', () => {
  it('is the median of all incidents, with the mean beside it', () => {
    expect(
      restoreOf(
        ...incident('a', '2026-01-06T10:00:00Z', '2026-01-06T11:00:00Z'),
        ...incident('b', '2026-01-07T10:00:00Z', '2026-01-07T12:00:00Z'),
        ...incident('c', '2026-01-08T10:00:00Z', '2026-01-08T19:00:00Z'),
      ),
    ).toEqual({
      status: 'ok',
      value: 2 * HOUR,
      unit: 'seconds',
      n: 3,
      quantiles: {
        p50: 2 * HOUR,
        p75: 5.5 * HOUR,
        p90: expect.closeTo(7.6 * HOUR, 6),
      },
      mean: 4 * HOUR,
      open: [],
      evidence: [
        'a-detected-2026-01-06T10:00:00Z',
        'a-resolved-2026-01-06T11:00:00Z',
        'b-detected-2026-01-07T10:00:00Z',
        'b-resolved-2026-01-07T12:00:00Z',
        'c-detected-2026-01-08T10:00:00Z',
        'c-resolved-2026-01-08T19:00:00Z',
      ],
    });
  });

  it('takes incidents that started in the window, to whenever they ended', () => {
    expect(
      restoreOf(
        ...incident('before', '2026-01-04T23:59:59Z', '2026-01-06T00:00:00Z'),
        ...incident('first', '2026-01-05T00:00:00Z', '2026-01-05T01:00:00Z'),
        ...incident('last', '2026-02-01T23:00:00Z', '2026-02-02T02:00:00Z'),
        ...incident('after', '2026-02-02T00:00:00Z', '2026-02-02T01:00:00Z'),
      ),
    ).toMatchObject({ status: 'insufficient', n: 2, value: 2 * HOUR });
  });

  it('lists open incidents, those from before the window included', () => {
    expect(
      metricsOf(
        [
          ...incident('old', '2026-01-01T00:00:00Z'),
          ...incident('new', '2026-01-31T22:00:00Z'),
          ...incident('later', '2026-02-02T00:00:00Z'),
        ],
        { now: new Date('2026-02-02T00:00:00Z') },
      ).timeToRestore,
    ).toMatchObject({
      status: 'no-data',
      value: null,
      open: [
        { id: 'old', seconds: 32 * 24 * HOUR },
        { id: 'new', seconds: 26 * HOUR },
      ],
      note: '2 incidents still open: not in the median',
    });
  });

  it('leaves out what has no duration, and says so', () => {
    const { note, n, open } = restoreOf(
      ...incident('skewed', '2026-01-06T10:00:00Z', '2026-01-06T09:00:00Z'),
      resolved('unstarted', '2026-01-06T10:00:00Z'),
    );
    expect(n).toBe(0);
    expect(open).toEqual([]);
    expect(note).toContain('resolved before the start');
    expect(note).toContain('the start is not known');
  });

  it('is no 0 without an incident', () => {
    expect(
      metricsOf([], { instrumented: { incidents: true } }).timeToRestore,
    ).toMatchObject({
      status: 'no-data',
      value: null,
      note: 'no incident in the window',
    });
    expect(restoreOf()).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
  });
});
