import {
  collectorOf,
  measurementsOf,
  requestOf,
} from './__testUtils__/collectSlo';
import {
  FakePrometheus,
  startFakePrometheus,
  vector,
} from './__testUtils__/fakePrometheus';

let prometheus: FakePrometheus;

beforeEach(async () => {
  prometheus = await startFakePrometheus();
});
afterEach(() => prometheus.close());

const collector = (more: object = {}) =>
  collectorOf([{ name: 'main', url: prometheus.url, ...more }]);
const collect = (...args: Parameters<typeof requestOf>) =>
  collector().collect(requestOf(...args));

const availability = { sloth_service: 'pay', sloth_slo: 'availability' };
const production = { ...availability, environment: 'production' };

/** Sloth's recordings of one objective. */
const recordings = (
  labels: Record<string, string>,
  rates: Record<string, string>,
) =>
  [
    ['slo:objective:ratio', labels, '0.995'],
    ['slo:time_period:days', labels, '28'],
    ...Object.entries(rates).map(([window, value]) => [
      `slo:sli_error:ratio_rate${window}`,
      { ...labels, sloth_window: window },
      value,
    ]),
  ] as Parameters<typeof vector>;

it('gives objectives with what is left of their budget, and each as an event', async () => {
  prometheus.answer = vector(
    ...recordings(production, { '5m': '0.02', '1h': '0.01', '4w': '0.002' }),
  );
  const result = await collector({
    dashboardUrl: 'https://grafana.example.com/d/slo?s=$service&o=$objective',
  }).collect(requestOf());
  const url = 'https://grafana.example.com/d/slo?s=pay&o=availability';
  expect(result).toMatchObject({
    status: 'collected',
    data: {
      objectives: [
        {
          ...{ name: 'availability', objective: 0.995, windowDays: 28, url },
          errorBudgetRemaining: expect.closeTo(0.6, 12),
        },
      ],
    },
    gaps: {},
  });
  const [event] = measurementsOf(result);
  expect(event).toMatchObject({
    ...{ kind: 'slo-measured', entityRef: 'component:default/pay' },
    ...{ environment: 'production', source: '/prometheus/main' },
    at: new Date(1_795_255_200_000),
    slo: {
      objective: { name: 'availability', target: 0.995, periodDays: 28 },
      url,
    },
  });
  expect(
    event.slo.windows.map(({ seconds, errorRate }) => [seconds, errorRate]),
  ).toEqual([
    [300, 0.02],
    [1_800, null],
    [3_600, 0.01],
    [7_200, null],
    [21_600, null],
    [86_400, null],
    [259_200, null],
    [2_419_200, 0.002],
  ]);
});

it('says nothing of a budget without traffic, whether Prometheus leaves it out or has no number', async () => {
  for (const rates of [{}, { '5m': 'NaN', '4w': 'NaN' }]) {
    prometheus.answer = vector(
      ...recordings(production, rates as Record<string, string>),
      ['slo:period_error_budget_remaining:ratio', production, 'NaN'],
    );
    const result = await collect();
    expect(result).toMatchObject({
      data: { objectives: [{ name: 'availability' }] },
    });
    expect(result).not.toHaveProperty('data.objectives.0.errorBudgetRemaining');
    const [{ slo }] = measurementsOf(result);
    expect(slo.windows.every(({ errorRate }) => errorRate === null)).toBe(true);
  }
});

it('takes the worst of several series of one objective, and keeps environments apart', async () => {
  const staging = { ...availability, environment: 'staging' };
  prometheus.answer = vector(
    ...recordings({ ...production, replica: 'a' }, { '4w': '0.001' }),
    ...recordings({ ...production, replica: 'b' }, { '4w': '0.004' }),
    ...recordings(staging, { '4w': '1.5' }),
  );
  const result = await collect();
  expect(result).toMatchObject({
    data: {
      objectives: [{ errorBudgetRemaining: expect.closeTo(0.2, 12) }],
    },
  });
  const rates = measurementsOf(result).map(({ environment, slo }) => [
    environment,
    slo.windows.at(-1)!.errorRate,
  ]);
  expect(rates).toEqual([
    ['production', 0.004],
    ['staging', 1],
  ]);
});

it('gives measurements within a quarter of an hour one id', async () => {
  const idAt = async (seconds: number) => {
    const answer = vector(...recordings(production, {}));
    answer.data.result.forEach(sample => {
      sample.value[0] = seconds;
    });
    prometheus.answer = answer;
    const [{ id }] = measurementsOf(await collect());
    return id;
  };
  const first = await idAt(1_795_255_200);
  expect(await idAt(1_795_255_200 + 899)).toBe(first);
  expect(await idAt(1_795_255_200 + 900)).not.toBe(first);
});

it('asks by the annotation, with the name kept inside its quotes', async () => {
  await collect('pay', { 'golden-path.dev/slo-service': 'p"} or up{a="' });
  await collect('x');
  expect(
    prometheus.asked.map(({ path, query }) => [path, query.split(', ')[1]]),
  ).toEqual([
    ['/prom/api/v1/query', 'sloth_service="p\\"} or up{a=\\""}'],
    ['/prom/api/v1/query', 'sloth_service="service-x"}'],
  ]);
});

it('asks the server that the annotation names, with its headers and token, and no other', async () => {
  const both = collectorOf([
    { name: 'other', url: 'http://127.0.0.1:1' },
    {
      ...{ name: 'main', url: prometheus.url, token: 't0ken' },
      headers: { 'X-Scope-OrgID': 'team' },
    },
  ]);
  const at = (name: string) =>
    both.collect(requestOf('pay', { 'golden-path.dev/prometheus': name }));
  await at('main');
  expect(prometheus.asked[0].headers).toMatchObject({
    authorization: 'Bearer t0ken',
    'x-scope-orgid': 'team',
  });
  expect(await at('http://evil.example.com')).toMatchObject({
    status: 'absent',
    reason: expect.stringMatching(
      /none of goldenPath\.prometheus: other, main/,
    ),
  });
});

it('is absent with what to do when nothing is recorded', async () => {
  expect(await collect()).toMatchObject({
    status: 'absent',
    reason: expect.stringMatching(
      /sloth_service="pay".*slo\.yaml.*golden-path\.dev\/slo-service/,
    ),
  });
});

it('names an objective whose rules are half there', async () => {
  prometheus.answer = vector(
    ['slo:sli_error:ratio_rate5m', production, '0.1'],
    ['up', {}, '1'],
  );
  expect(await collect()).toMatchObject({
    status: 'collected',
    data: { objectives: [] },
    gaps: {
      'objectives.availability': expect.stringMatching(/slo:objective:ratio/),
    },
    events: [],
  });
});

describe('queries of the configuration', () => {
  const queries = [
    {
      ...{ objective: 'ready', target: 0.99, periodDays: 7 },
      bad: 'sum(increase(bad{s="$service"}[$window]))',
      valid: 'sum(increase(all{s="$service"}[$window]))',
    },
  ];
  const counts = (...rows: [string, string, string][]) =>
    vector(
      ...rows.map(
        ([golden_path_kind, golden_path_window, value]) =>
          ['', { golden_path_kind, golden_path_window }, value] as [
            string,
            Record<string, string>,
            string,
          ],
      ),
    );
  const collectWith = (answer: unknown) => {
    prometheus.answer = (query: string) =>
      query.includes('label_replace') ? answer : vector();
    return collector({ queries }).collect(requestOf());
  };

  it('give numbers of events, so that little traffic is known for what it is', async () => {
    const result = await collectWith(
      counts(
        ...([
          ['bad', '5m', '1'],
          ['valid', '5m', '4'],
          ['bad', '604800s', '2'],
          ['valid', '604800s', '400'],
          ['valid', '1h', '8'],
        ] as [string, string, string][]),
      ),
    );
    expect(result).toMatchObject({
      data: {
        objectives: [
          {
            ...{ name: 'ready', objective: 0.99, windowDays: 7 },
            errorBudgetRemaining: expect.closeTo(0.5, 12),
          },
        ],
      },
    });
    const [{ slo }] = measurementsOf(result);
    expect(slo.windows).toEqual(
      expect.arrayContaining([
        { seconds: 300, bad: 1, valid: 4 },
        // Bad events that nobody counted are not none
        { seconds: 3_600, errorRate: null },
        { seconds: 604_800, bad: 2, valid: 400 },
      ]),
    );
    expect(prometheus.asked[1].query).toContain('bad{s="pay"}[604800s]');
  });

  it('leave out a service they know nothing of, and refuse more than one number', async () => {
    expect(await collectWith(vector())).toMatchObject({ status: 'absent' });
    await expect(
      collectWith(counts(['valid', '5m', '1'], ['valid', '5m', '2'])),
    ).rejects.toThrow(/'valid' of the objective 'ready'.*sum\(…\)/);
  });
});

it.each([
  ['is refused', [403, {}], /'main' refused with 403; set token or headers/],
  [
    'is sent elsewhere',
    [302, { location: 'http://127.0.0.1:1/' }],
    /sends on to another address/,
  ],
  [
    'gets a page',
    '<html>',
    /'main' answered 200, and not as Prometheus does.*set the url/s,
  ],
  ['gets something else', { costs: [] }, /cannot be read; set the url/],
  [
    'gets an error',
    { status: 'error', errorType: 'timeout', error: 'query timed out' },
    /query timed out/,
  ],
  ['gets too much', `"${'x'.repeat(5_000_001)}"`, /more than 5000000 bytes/],
])(
  'fails, so that the last fact stays, when it %s',
  async (_what, answer, message) => {
    prometheus.answer = answer;
    await expect(collect()).rejects.toThrow(message);
  },
);

it('says who cannot be reached', async () => {
  prometheus.close();
  await expect(collect()).rejects.toThrow(
    /'main' at http:.* cannot be reached; .*ECONNREFUSED/,
  );
});

it('gives up when told to, or after its time', async () => {
  prometheus.answer = undefined;
  await expect(
    collector({ timeout: { milliseconds: 50 } }).collect(requestOf()),
  ).rejects.toThrow(/'main' .*cannot be reached/);
  const abort = new AbortController();
  const asked = collect('pay', {}, abort.signal);
  abort.abort(new Error('shutting down'));
  await expect(asked).rejects.toThrow('shutting down');
});
