import { mockServices } from '@backstage/backend-test-utils';
import { readPrometheusConfig } from './config';

const read = (prometheus?: unknown) =>
  readPrometheusConfig(
    mockServices.rootConfig({ data: { goldenPath: { prometheus } } as any }),
  );
const server = { name: 'main', url: 'http://prometheus:9090' };

it('reads what is there and fills in the rest', () => {
  expect(read()).toEqual([]);
  expect(read([{ ...server, timeout: { seconds: 3 } }])).toEqual([
    {
      ...{ name: 'main', url: new URL('http://prometheus:9090/') },
      ...{
        headers: {},
        timeout: 3_000,
        environment: 'production',
        queries: [],
      },
    },
  ]);
});

it.each([
  [[], /goldenPath\.prometheus: /],
  [[server, server], /same name/],
  [
    [{ ...server, url: 'file:///etc/passwd' }],
    /0\.url: must be an http or https/,
  ],
  [
    [{ ...server, url: 'http://me:secret@prometheus' }],
    /0\.url: must not hold a user/,
  ],
  [
    [{ ...server, timeout: { minutes: 5 } }],
    /0\.timeout: must be at most a minute/,
  ],
  [[{ ...server, user: 'me' }], /0: .*"user"/],
  [
    [
      {
        ...server,
        queries: [{ objective: 'a', target: 2, bad: 'x', valid: 'y' }],
      },
    ],
    /0\.queries\.0\.target/,
  ],
  [
    [
      {
        ...server,
        queries: [{ objective: 'a', target: 0.9, bad: 'x', valid: 'y' }],
      },
    ],
    /0\.queries\.0\.bad: .*\$window/,
  ],
])('refuses %j, naming the setting', (given, message) => {
  expect(() => read(given)).toThrow(message);
});
