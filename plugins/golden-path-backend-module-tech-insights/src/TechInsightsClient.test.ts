import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonValue } from '@backstage/types';
import { TechInsightsClient } from './TechInsightsClient';
import { TechInsightsCollector } from './TechInsightsCollector';

const request = {
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'pay' },
  },
  signal: new AbortController().signal,
};

let server: Server;
let answer: RequestListener;
let asked: { url: string; authorization?: string }[];

beforeEach(async () => {
  asked = [];
  server = createServer((req, res) => {
    asked.push({
      url: req.url!,
      authorization: req.headers.authorization,
    });
    answer(req, res);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Answers each path with a body, or with a status. */
const answers =
  (bodies: Record<string, unknown>): RequestListener =>
  (req, res) => {
    const body = bodies[req.url!.split('?')[0]];
    if (typeof body === 'number') {
      res.writeHead(body).end('{}');
    } else {
      res.end(typeof body === 'string' ? body : JSON.stringify(body));
    }
  };

function createCollector() {
  const cache = new Map<string, JsonValue>();
  const { port } = server.address() as AddressInfo;
  const client = new TechInsightsClient({
    auth: mockServices.auth({ pluginId: 'golden-path' }),
    cache: mockServices.cache.mock({
      get: async key => cache.get(key) as any,
      set: async (key, value) => {
        cache.set(key, value as JsonValue);
      },
    }),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async id => `http://127.0.0.1:${port}/${id}`,
    }),
  });
  return new TechInsightsCollector({
    client,
    config: { maxAgeMs: 3_600_000 },
    now: () => new Date('2026-11-21T10:00:00Z'),
  });
}

const schemas = [{ id: 'one', version: '1.0.0' }, { id: 'two' }];
const good = { timestamp: '2026-11-21T11:30:00.000+02:00', facts: { a: 1 } };

it('asks as the backend itself, and for the retrievers only once in a while', async () => {
  answer = answers({
    '/tech-insights/fact-schemas': schemas,
    '/tech-insights/facts/latest': { one: good },
  });
  const collector = createCollector();
  await collector.collect(request);
  expect(await collector.collect(request)).toMatchObject({
    data: { one: { a: 1, observedAt: '2026-11-21T09:30:00.000Z' } },
  });
  const latest =
    '/tech-insights/facts/latest?entity=component%3Adefault%2Fpay&ids%5B%5D=one&ids%5B%5D=two';
  expect(asked.map(({ url }) => url)).toEqual([
    '/tech-insights/fact-schemas',
    latest,
    latest,
  ]);
  for (const { authorization } of asked) {
    expect(authorization).toMatch(/^Bearer .*tech-insights/);
  }
});

it('asks for no more retrievers at once than every version of Express takes', async () => {
  const ids = Array.from({ length: 45 }, (_, index) => ({ id: `r${index}` }));
  answer = answers({
    '/tech-insights/fact-schemas': ids,
    '/tech-insights/facts/latest': { r0: good },
  });
  await createCollector().collect(request);
  const counts = asked.map(({ url }) => url.split('ids%5B%5D=').length - 1);
  expect(counts).toEqual([0, 20, 20, 5]);
});

it('spoils no retriever for the facts of another that cannot be read', async () => {
  answer = answers({
    '/tech-insights/fact-schemas': schemas,
    '/tech-insights/facts/latest': { one: { facts: 'none' }, two: good },
  });
  expect(await createCollector().collect(request)).toMatchObject({
    data: { two: { a: 1 } },
    gaps: { one: expect.stringMatching(/'one' cannot be read: .*facts/s) },
  });
});

it('remembers for a while that there is no Tech Insights', async () => {
  answer = answers({ '/tech-insights/fact-schemas': 404 });
  const collector = createCollector();
  for (let count = 0; count < 2; count += 1) {
    expect(await collector.collect(request)).toMatchObject({
      status: 'absent',
    });
  }
  expect(asked).toHaveLength(1);
});

it.each([
  ['is down', { '/tech-insights/fact-schemas': 503 }, /503/],
  ['refuses', { '/tech-insights/fact-schemas': 403 }, /403/],
  [
    'answers with no JSON',
    { '/tech-insights/fact-schemas': '<html>' },
    /fact-schemas did not answer with JSON/,
  ],
  [
    'answers with something else',
    { '/tech-insights/fact-schemas': { schemas } },
    /expected array/,
  ],
  [
    'answers with too much',
    { '/tech-insights/fact-schemas': `"${'x'.repeat(2_000_001)}"` },
    /fact-schemas answered with more than 2000000 bytes/,
  ],
  [
    'has too many retrievers',
    {
      '/tech-insights/fact-schemas': Array.from({ length: 201 }, (_, id) => ({
        id: String(id),
      })),
    },
    /201 fact retrievers.*goldenPath\.techInsights\.retrievers/,
  ],
  [
    'fails later',
    {
      '/tech-insights/fact-schemas': schemas,
      '/tech-insights/facts/latest': 500,
    },
    /500/,
  ],
])(
  'fails, so that the last facts stay, when Tech Insights %s',
  async (_what, bodies, message) => {
    answer = answers(bodies);
    await expect(createCollector().collect(request)).rejects.toThrow(message);
  },
);

it('stops asking when it is told to', async () => {
  answer = () => {};
  const abort = new AbortController();
  const result = createCollector().collect({
    ...request,
    signal: abort.signal,
  });
  abort.abort(new Error('shutting down'));
  await expect(result).rejects.toThrow('shutting down');
});
