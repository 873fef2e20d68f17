import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProviderStatus } from '@openfeature/server-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { createFlagProvider } from '../../server/flagProvider.ts';
import { connectFlags } from '../../server/flags.ts';
import type { Flags } from '../../server/flags.ts';
import { FLAG_DEFAULTS } from '../../shared/flagDefaults.ts';
import { freshDomain, silent, valuesOf } from './testFlags.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** An Unleash with these flags; it answers those who have the token. */
async function unleashWith(flags: Record<string, boolean>): Promise<string> {
  const features = Object.entries(flags).map(([name, enabled]) => ({
    name,
    enabled,
    type: 'release',
    stale: false,
    strategies: [{ name: 'default', parameters: {} }],
    variants: [],
  }));
  server = createServer((request, response) => {
    const isKnown = request.headers.authorization === 'test-token';
    response.statusCode = isKnown ? 200 : 401;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ version: 2, features }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/api`;
}

function connect(url: string, token = 'test-token'): Promise<Flags> {
  return connectFlags({
    provider: createFlagProvider({
      provider: 'unleash',
      deadlineMs: 2_000,
      url,
      token,
      appName: 'test',
    }),
    logger: silent,
    domain: freshDomain(),
  });
}

describe('flags of an Unleash', () => {
  it.each([true, false])('are what it says: %s', async state => {
    const url = await unleashWith({
      'greetings-enabled': state,
      'time-of-day-greeting': state,
    });
    const flags = await connect(url);
    expect(await valuesOf(flags)).toEqual({
      'greetings-enabled': state,
      'time-of-day-greeting': state,
    });
    await flags.close();
  });

  it('keep their defaults while it does not know them', async () => {
    const flags = await connect(await unleashWith({}));
    expect(await valuesOf(flags)).toEqual(FLAG_DEFAULTS);
    expect(flags.status()).toBe(ProviderStatus.READY);
    await flags.close();
  });

  it('keep their defaults while it refuses the token', async () => {
    const url = await unleashWith({ 'time-of-day-greeting': true });
    const flags = await connect(url, 'wrong');
    expect(await valuesOf(flags)).toEqual(FLAG_DEFAULTS);
    await flags.close();
  });
});
