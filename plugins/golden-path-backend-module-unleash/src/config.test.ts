import { mockServices } from '@backstage/backend-test-utils';
import { readUnleashConfig } from './config';

const read = (unleash?: unknown) =>
  readUnleashConfig(
    mockServices.rootConfig({ data: { goldenPath: { unleash } } as any }),
  );
const unleash = { url: 'https://flags.example.com/unleash', token: 'user:t' };

it('reads what is there and fills in the rest', () => {
  expect(read()).toBeUndefined();
  expect(read(unleash)).toEqual({
    ...{ url: new URL('https://flags.example.com/unleash/'), token: 'user:t' },
    ...{ project: 'default', environment: 'production', timeout: 15_000 },
  });
});

it.each([
  [{ url: unleash.url }, /goldenPath\.unleash\.token/],
  [{ ...unleash, url: 'ftp://x' }, /url: must be an http or https/],
  [{ ...unleash, url: 'http://me:secret@x' }, /url: must not hold a user/],
  [
    { ...unleash, timeout: { minutes: 5 } },
    /timeout: must be at most a minute/,
  ],
  [{ ...unleash, user: 'me' }, /"user"/],
])('refuses %j, naming the setting and no secret', (given, message) => {
  expect(() => read(given)).toThrow(message);
  expect(() => read(given)).not.toThrow(/secret|user:t/);
});
