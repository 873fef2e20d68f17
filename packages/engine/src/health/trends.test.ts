import {
  change,
  deployed,
  detected,
  resolved,
} from './__fixtures__/deliveryEvents';
import {
  charge,
  decided,
  flags,
  measured,
  requested,
  run,
  scan,
  tested,
} from './__fixtures__/downstreamEvents';
import { metricsOf, WINDOW } from './__fixtures__/report';
import { computeTrends } from './trends';
import type { DeliveryEvent } from './deliveryEvent';

const options = {
  ...WINDOW,
  entityRef: 'component:default/checkout',
  environment: 'production',
};
const DAY_MS = 86_400_000;

/** A deployment at noon, so many days before the window ends. */
function daysBefore(...days: number[]): DeliveryEvent[] {
  return days.map(day =>
    deployed(
      `d${day}`,
      new Date(WINDOW.to.getTime() - day * DAY_MS + DAY_MS / 2).toISOString(),
    ),
  );
}

const trendsOf = (events: DeliveryEvent[], points: number, step?: number) =>
  computeTrends({ ...options, events }, points, step);

describe('computeTrends', () => {
  it('gives the metrics of earlier windows of the same length, a week apart, oldest first', () => {
    const events = daysBefore(1, 2, 10, 11, 12, 20, 30, 33, 40);
    const { deploymentFrequency } = trendsOf(events, 2);
    expect(deploymentFrequency).toEqual([
      {
        from: '2025-12-22T00:00:00.000Z',
        to: '2026-01-19T00:00:00.000Z',
        status: 'ok',
        value: 4 / 28,
        n: 4,
      },
      {
        from: '2025-12-29T00:00:00.000Z',
        to: '2026-01-26T00:00:00.000Z',
        status: 'ok',
        value: 6 / 28,
        n: 6,
      },
    ]);
  });

  it('agrees with the report of the same window', () => {
    const events = [
      ...daysBefore(1, 9, 10, 11, 15, 16, 17, 30),
      detected('i', '2026-01-24T13:00:00Z', {
        causedBy: { deploymentId: 'd9' },
      }),
      resolved('i', '2026-01-24T15:00:00Z'),
    ];
    const trends = trendsOf(events, 1, 3 * DAY_MS);
    const report = metricsOf(events, {
      from: new Date(WINDOW.from.getTime() - 3 * DAY_MS),
      to: new Date(WINDOW.to.getTime() - 3 * DAY_MS),
    });
    for (const [name, [point]] of Object.entries(trends)) {
      const { status, value, n } = report[name as keyof typeof report];
      expect({ name, ...point }).toMatchObject({ name, status, value, n });
    }
    expect(trends.changeFailRate![0]).toMatchObject({ n: 7, value: 1 / 7 });
  });

  it('B0 is the report of each window, metric by metric, whatever became known after it', () => {
    const at = (days: number, hours = 0) =>
      new Date(
        WINDOW.to.getTime() - days * DAY_MS + hours * 3_600_000,
      ).toISOString();
    const sha = (day: number) => day.toString(16).padStart(40, 'a');
    const days = Array.from({ length: 60 }, (_, index) => 60 - index);
    const events = [
      ...days.flatMap(day => [
        change('merged', `pr-${day}`, at(day, 1), {
          sha: sha(day),
          disclosure: day % 3 === 0 ? 'ai-assisted' : 'no-disclosure',
          startedAt: at(day, -day % 7),
        }),
        run(`run-${day}`, 1, at(day, 2), day % 4 ? 'success' : 'failure', {
          startedAt: at(day, 1),
        }),
        tested(`test-${day}`, at(day, 2), { startedAt: at(day, 1) }),
        scan(
          `scan-${day}`,
          at(day, 2),
          [`f${Math.floor(day / 5)}`],
          {},
          {
            sha: sha(day),
            startedAt: at(day, 1),
          },
        ),
        requested(`a-${day}`, at(day, 2)),
        decided(`a-${day}`, at(day, 2 + (day % 5) * 30)),
        deployed(`d-${day}`, at(day, 3), { sha: sha(day) }),
        charge(
          `c-${day}`,
          { from: at(day), to: at(day - 1), amount: day },
          {
            at: at(day - 3),
          },
        ),
        measured(`m-${day}`, at(day, 3), 100),
        flags(`f-${day}`, at(day), [
          { key: 'old', type: 'release', enabled: true, createdAt: at(100) },
        ]),
      ]),
      // Runs that end in one window and are attempted again in the next
      ...[8, 15, 22].map(day => run(`run-${day}`, 2, at(day - 2), 'success')),
      detected('first', at(59)),
      resolved('first', at(58)),
      detected('i', at(16), { causedBy: { deploymentId: 'd-17' } }),
      resolved('i', at(6)),
    ];
    const trends = trendsOf(events, 4);
    for (let back = 4; back >= 1; back--) {
      const metrics = metricsOf(events, {
        from: new Date(WINDOW.from.getTime() - back * 7 * DAY_MS),
        to: new Date(WINDOW.to.getTime() - back * 7 * DAY_MS),
      });
      for (const [name, { status, value, n }] of Object.entries(metrics)) {
        expect({
          name,
          point: trends[name as keyof typeof trends]!.at(-back),
        }).toMatchObject({ name, point: { status, value, n } });
      }
    }
    expect(
      Object.entries(trends).filter(([, points]) =>
        points!.every(({ status }) => status === 'not-instrumented'),
      ),
    ).toEqual([]);
  });

  it('takes silence before the first event of a source for no zero', () => {
    const { deploymentFrequency, changeFailRate } = trendsOf(
      daysBefore(1, 2),
      2,
    );
    expect(
      deploymentFrequency!.map(({ status, value }) => [status, value]),
    ).toEqual([
      ['not-instrumented', null],
      ['not-instrumented', null],
    ]);
    expect(changeFailRate!.map(({ value }) => value)).toEqual([null, null]);
  });

  it('is not stale in the past for a source that is silent now', () => {
    const [point] = computeTrends(
      {
        ...options,
        events: daysBefore(20, 30),
        lastHeard: { deployments: new Date('2026-01-14T00:00:00Z') },
      },
      1,
    ).deploymentFrequency!;
    expect(point).toMatchObject({ status: 'ok', n: 2 });
  });

  it('has a point per metric and window, and none for none', () => {
    expect(trendsOf([], 0)).toEqual({});
    const trends = trendsOf([], 3);
    expect(Object.keys(trends)).toHaveLength(18);
    expect(Object.values(trends).every(points => points.length === 3)).toBe(
      true,
    );
  });

  it.each([
    [-1, undefined, 'points'],
    [1.5, undefined, 'points'],
    [401, undefined, 'points'],
    [1, 0, 'stepMs'],
  ])('refuses %d points and a step of %d', (points, step, message) => {
    expect(() => trendsOf([], points, step)).toThrow(message);
  });
});
