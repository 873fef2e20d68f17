import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from './testApp.ts';

let exporter: InMemoryMetricExporter;
let reader: PeriodicExportingMetricReader;

beforeEach(() => {
  exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  reader = new PeriodicExportingMetricReader({ exporter });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
});

afterEach(async () => {
  await reader.shutdown();
  metrics.disable();
});

/** The points of every metric, by its name. */
async function recorded(): Promise<Record<string, unknown[]>> {
  await reader.forceFlush();
  const scopes = exporter.getMetrics().at(-1)?.scopeMetrics ?? [];
  return Object.fromEntries(
    scopes.flatMap(scope =>
      scope.metrics.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      ]),
    ),
  );
}

const post = (events: unknown) =>
  ({ method: 'POST', url: '/browser-events', payload: { events } }) as const;

describe('POST /browser-events', () => {
  it('turns web vitals into metrics, durations in seconds', async () => {
    const { app, logged } = await testApp();
    const response = await app.inject(
      post([
        { kind: 'vital', name: 'LCP', value: 1_250 },
        { kind: 'vital', name: 'CLS', value: 0.03 },
      ]),
    );
    expect(response.statusCode).toBe(204);
    expect(logged()).toEqual([]);

    const points = await recorded();
    expect(points['web_vital_duration_seconds']).toMatchObject([
      { attributes: { name: 'LCP' }, value: { sum: 1.25, count: 1 } },
    ]);
    expect(points['web_vital_layout_shift']).toMatchObject([
      { value: { sum: 0.03, count: 1 } },
    ]);
  });

  it('counts every error and logs a limited number a minute', async () => {
    let time = new Date('2026-01-01T00:00:10Z');
    const { app, logged } = await testApp({ now: () => time });
    const error = { kind: 'error', message: 'boom', where: 'Greeting' };
    const twenty = Array<typeof error>(20).fill(error);
    await app.inject(post(twenty));
    await app.inject(post(twenty));
    expect(logged()).toHaveLength(30);
    expect(logged()[0]).toMatchObject({
      msg: 'Error in the page',
      page: { message: 'boom', where: 'Greeting' },
    });

    time = new Date('2026-01-01T00:01:00Z');
    await app.inject(post([error]));
    expect(logged()).toHaveLength(31);
    expect((await recorded())['web_errors']).toMatchObject([{ value: 41 }]);
  });

  it.each([
    ['an unknown name', [{ kind: 'vital', name: 'XYZ', value: 1 }]],
    ['a negative value', [{ kind: 'vital', name: 'LCP', value: -1 }]],
    ['another kind', [{ kind: 'click', name: 'LCP', value: 1 }]],
    [
      'a text too long',
      [{ kind: 'error', message: 'x'.repeat(501), where: '' }],
    ],
    [
      'too many events',
      Array(21).fill({ kind: 'vital', name: 'LCP', value: 1 }),
    ],
  ])('refuses %s', async (_what, events) => {
    const { app } = await testApp();
    const response = await app.inject(post(events));
    expect(response.statusCode).toBe(400);
  });
});
