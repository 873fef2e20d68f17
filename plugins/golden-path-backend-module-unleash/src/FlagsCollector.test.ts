import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  collectorOf,
  observationOf,
  requestOf,
} from './__testUtils__/collectFlags';

let server: Server;
let url: string;
let asked: { path: string; authorization?: string; body: string }[];
/** Features, or a status with headers, or a text. */
let answer: unknown;
let now: Date;

beforeEach(async () => {
  asked = [];
  now = new Date('2026-11-21T10:00:00Z');
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const { pathname } = new URL(request.url!, 'http://x');
    asked.push({
      path: request.url!,
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString(),
    });
    if (answer === undefined) {
      return;
    }
    if (typeof answer === 'string') {
      response.end(answer);
    } else if (typeof answer === 'number') {
      response.writeHead(answer, { location: 'http://127.0.0.1:1/' }).end('{}');
    } else if (pathname.endsWith('/overview')) {
      response.writeHead(404).end('{}');
    } else if (pathname.endsWith('/projects/shop/features')) {
      response.end(JSON.stringify({ features: answer }));
    } else if (pathname.endsWith('/features')) {
      response.end(JSON.stringify({ features: [] }));
    } else if (pathname.endsWith('/feature-types')) {
      const types = [{ id: 'release', lifetimeDays: 40 }];
      response.end(JSON.stringify({ types }));
    } else {
      response.end(JSON.stringify({ featureStrategies: [] }));
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/unleash`;
  answer = [];
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const collect = (...args: Parameters<typeof requestOf>) =>
  collectorOf(
    { url, token: 'user:secret', timeout: { seconds: 2 } },
    { now: () => now },
  ).collect(requestOf(...args));

const feature = (name: string, more: object = {}) => ({
  ...{ name, type: 'release', stale: false, tags: [] as object[] },
  createdAt: '2026-11-01T10:00:00Z',
  environments: [
    { name: 'production', enabled: true, lastSeenAt: '2026-11-21T09:59:00Z' },
  ],
  ...more,
});

it('reads what the annotations choose, as the account of the token', async () => {
  const tags = [{ type: 'simple', value: 'pay' }];
  answer = [
    feature('pay.a', { tags }),
    feature('pay.b', { tags: [{ type: 'team', value: 'pay' }] }),
    feature('ship.a', { tags }),
    feature('pay.c'),
  ];
  const countOf = async (annotations: Record<string, string>) => {
    const result = await collect(annotations);
    return observationOf(result).observed.flags.map(({ key }) => key);
  };
  const project = 'shop';
  expect(await countOf({ project })).toHaveLength(4);
  expect(await countOf({ project, tag: 'pay' })).toEqual(['pay.a', 'ship.a']);
  expect(await countOf({ project, tag: 'team:pay' })).toEqual(['pay.b']);
  expect(await countOf({ project, tag: 'pay', prefix: 'pay.' })).toEqual([
    'pay.a',
  ]);
  expect(asked[0].path).toBe('/unleash/api/admin/projects/shop/features');
  expect(asked[1]).toMatchObject({
    path: '/unleash/api/admin/features-batch/export',
    body: expect.stringMatching(/"environment":"production","project":"shop"/),
  });
  for (const { authorization } of asked) {
    expect(authorization).toBe('user:secret');
  }
  expect(observationOf(await collect({ project }))).toMatchObject({
    ...{ source: url, environment: 'production', at: now },
    subjectId: 'unleash/component:default/pay',
  });
});

it('reads a project once for all its entities, until that is five minutes old or has failed', async () => {
  const collector = collectorOf({ url, token: 't' }, { now: () => now });
  const both = () =>
    Promise.allSettled(
      ['pay.', 'ship.'].map(prefix =>
        collector.collect(requestOf({ project: 'shop', prefix })),
      ),
    );
  answer = 500;
  expect((await both()).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ]);
  expect(asked).toHaveLength(1);
  answer = [feature('pay.a')];
  await both();
  await both();
  expect(asked).toHaveLength(4);
  now = new Date('2026-11-21T10:05:00Z');
  await both();
  expect(asked).toHaveLength(7);
});

it('tells them anew when something changed or a day has gone, and not for every evaluation', async () => {
  answer = [feature('a')];
  const { etag } = (await collect({ project: 'shop' })) as { etag: string };
  const again = () => collect({ project: 'shop' }, { previousEtag: etag });
  const environments = [
    { name: 'production', enabled: true, lastSeenAt: '2026-11-21T10:09:00Z' },
  ];
  answer = [feature('a', { environments })];
  now = new Date('2026-11-21T10:10:00Z');
  expect(await again()).toEqual({ status: 'unchanged' });
  answer = [feature('a', { stale: true })];
  expect(await again()).toMatchObject({
    status: 'collected',
    data: { marked: 1, stale: [{ key: 'a' }] },
  });
  answer = [feature('a')];
  now = new Date('2026-11-22T00:00:00Z');
  expect(await again()).toMatchObject({ status: 'collected' });
});

it('is absent where the entity does not say which flags are its own', async () => {
  expect(await collect({})).toMatchObject({
    status: 'absent',
    reason: expect.stringMatching(/golden-path\.dev\/unleash-project/),
  });
  expect(asked).toEqual([]);
});

it('takes a project that is not there for a mistake, and not for one without flags', async () => {
  await expect(collect({ project: 'shp' })).rejects.toThrow(
    /no project 'shp'.*annotation golden-path\.dev\/unleash-project/,
  );
  answer = [feature('ship.a')];
  expect(await collect({ project: 'shop', prefix: 'pay.' })).toMatchObject({
    data: { active: 0 },
  });
});

it.each([
  [
    'does not know the token',
    401,
    /refused with 401; set goldenPath\.unleash\.token/,
  ],
  ['refuses', 403, /refused with 403; .*not to one for clients/],
  ['sends on', 302, /sends on to another address/],
  ['is not there', 404, /answered 404; .*base address/],
  ['fails', 500, /answered 500; see its log/],
  ['answers with a page', '<html>', /set goldenPath\.unleash\.url/],
  [
    'answers with something else',
    '{"flags":[]}',
    /this module knows Unleash 7 and 8/,
  ],
  ['has had enough', 429, /no more requests for now.*asked again later/],
])(
  'fails, so that the last fact stays, when Unleash %s',
  async (_what, given, message) => {
    answer = given;
    await expect(collect({ project: 'shop' })).rejects.toThrow(message);
  },
);

it('says that it cannot be reached, without the token', async () => {
  server.close();
  server.closeAllConnections();
  const failed = collect({ project: 'shop' });
  await expect(failed).rejects.toThrow(/cannot be reached; .*ECONNREFUSED/);
  await expect(failed).rejects.not.toThrow(/secret/);
});

it('stops asking when it is told to', async () => {
  answer = undefined;
  const abort = new AbortController();
  const asking = collect({ project: 'shop' }, { signal: abort.signal });
  abort.abort(new Error('shutting down'));
  await expect(asking).rejects.toThrow('shutting down');
});
