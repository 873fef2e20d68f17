import { setTimeout as sleep } from 'node:timers/promises';
import type { FactCollectorResult } from '@goldenpath/backstage-plugin-golden-path-node';
import type { SloEvent } from '@goldenpath/engine';
import {
  collectorOf,
  measurementsOf,
  requestOf,
} from './__testUtils__/collectSlo';
import {
  renderedRules,
  startPrometheus,
  startScrapedService,
} from './__testUtils__/realPrometheus';

jest.setTimeout(120_000);

type Collected = Extract<FactCollectorResult, { status: 'collected' }>;

/** The program, as `npm test -- unit` finds or installs it. */
const program = process.env.GOLDEN_PATH_PROMETHEUS;
if (!program) {
  process.stderr.write(
    'Skipped: the test against a real Prometheus needs its path in GOLDEN_PATH_PROMETHEUS; `npm test -- unit` sets it\n',
  );
}

(program ? describe : describe.skip)('a real Prometheus', () => {
  const stops: (() => unknown)[] = [];
  let url: string;

  beforeAll(async () => {
    // Tier 2 promises 99.5 %: 2 % of failures burn the budget four times as fast as it lasts
    const service = await startScrapedService('pay', 2);
    stops.push(service.close);
    const prometheus = await startPrometheus(program!, {
      rules: ['pay', 'idle'].map(name => renderedRules({ name, tier: '2' })),
      targets: [service.address],
    });
    stops.push(prometheus.stop);
    url = prometheus.url;
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) {
      await stop();
    }
  });

  /** Asks until the answer has what the test is about, since windows need time to fill. */
  async function collectUntil(
    isThere: (measurements: SloEvent[]) => boolean,
    name: string,
    more: object = {},
  ) {
    const collector = collectorOf([{ name: 'real', url, ...more }]);
    for (let attempt = 0; ; attempt++) {
      const result = await collector.collect(requestOf(name));
      if (isThere(measurementsOf(result)) || attempt === 60) {
        return result as Collected;
      }
      await sleep(1_000);
    }
  }
  const named = (measurements: SloEvent[], name: string) =>
    measurements.find(({ slo }) => slo.objective.name === name);

  it('tells budget and burn by the rules of the templates', async () => {
    const result = await collectUntil(
      measurements =>
        named(measurements, 'availability')?.slo.windows.every(
          ({ errorRate }) => errorRate,
        ) ?? false,
      'pay',
    );
    const event = named(measurementsOf(result), 'availability');
    expect(event).toMatchObject({
      ...{ entityRef: 'component:default/pay', environment: 'production' },
      slo: {
        objective: { name: 'availability', target: 0.995, periodDays: 28 },
      },
    });
    expect(event!.slo.windows).toEqual(
      [300, 1_800, 3_600, 7_200, 21_600, 86_400, 259_200, 2_419_200].map(
        seconds => ({ seconds, errorRate: expect.closeTo(0.02, 3) }),
      ),
    );
    expect(result.data.objectives).toEqual(
      expect.arrayContaining([
        {
          ...{ name: 'availability', objective: 0.995, windowDays: 28 },
          errorBudgetRemaining: expect.closeTo(-3, 1),
        },
      ]),
    );
  });

  it('tells no budget of a service whose rules are there and which nobody asks', async () => {
    const result = await collectUntil(
      measurements => measurements.length === 2,
      'idle',
    );
    expect(result.data.objectives).toEqual(
      ['availability', 'latency'].map(name =>
        expect.objectContaining({ name, windowDays: 28 }),
      ),
    );
    expect(JSON.stringify(result.data)).not.toContain('errorBudgetRemaining');
    for (const { slo } of measurementsOf(result)) {
      expect(slo.windows.map(({ errorRate }) => errorRate)).toEqual(
        Array.from({ length: 8 }, () => null),
      );
    }
  });

  it('tells numbers of events by queries of the configuration', async () => {
    const count = (more: string) =>
      `sum(increase(http_server_request_duration_seconds_count{app_kubernetes_io_name="$service"${more}}[$window]))`;
    const queries = [
      {
        ...{ objective: 'counted', target: 0.9, periodDays: 1 },
        bad: count(', http_response_status_code="500"'),
        valid: count(''),
      },
    ];
    const result = await collectUntil(
      measurements =>
        (named(measurements, 'counted')?.slo.windows[0].bad ?? 0) > 0,
      'pay',
      { queries },
    );
    const { windows } = named(measurementsOf(result), 'counted')!.slo;
    expect(windows.map(({ seconds }) => seconds).at(-1)).toBe(86_400);
    for (const { bad, valid } of windows) {
      expect(bad! / valid!).toBeCloseTo(0.02, 3);
    }
  });
});
