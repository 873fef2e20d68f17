import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { ProviderStatus } from '@openfeature/server-sdk';
import { createFlagProvider } from '../src/flagProvider.ts';
import { connectFlags, FLAG_DEFAULTS } from '../src/flags.ts';
import type { FlagKey, Flags } from '../src/flags.ts';
import { freshDomain, silent } from './testFlags.ts';
import { freePort } from './testProcess.ts';

const keys = Object.keys(FLAG_DEFAULTS) as FlagKey[];

interface Feature {
  name: string;
  enabled: boolean;
  strategies: { name: string; parameters: Record<string, string> }[];
}

const feature = (
  name: string,
  enabled: boolean,
  userIds?: string,
): Feature => ({
  name,
  enabled,
  strategies: [
    userIds === undefined
      ? { name: 'default', parameters: {} }
      : { name: 'userWithId', parameters: { userIds } },
  ],
});

function connect(
  port: number,
  { token = 'backend-token', deadlineMs = 30_000 } = {},
): Promise<Flags> {
  return connectFlags({
    provider: createFlagProvider({
      provider: 'unleash',
      deadlineMs,
      url: `http://127.0.0.1:${port}/api/`,
      token,
      appName: 'orders',
    }),
    logger: silent,
    domain: freshDomain(),
  });
}

/** Runs `use` on flags of an Unleash that has these features. */
async function withUnleash(
  features: Feature[],
  use: (flags: Flags) => Promise<void>,
  token = 'backend-token',
): Promise<void> {
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === 'backend-token';
    response.statusCode = isKnown ? 200 : 401;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ version: 2, features }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const flags = await connect(port, { token });
  try {
    await use(flags);
  } finally {
    await flags.close();
    server.closeAllConnections();
    server.close();
  }
}

describe('flags from Unleash', () => {
  it('are on and off as Unleash says', async () => {
    for (const isOn of [true, false]) {
      await withUnleash(
        keys.map(key => feature(key, isOn)),
        async flags => {
          assert.equal(flags.status(), ProviderStatus.READY);
          for (const key of keys) {
            assert.equal(await flags.isOn(key), isOn, key);
          }
        },
      );
    }
  });

  it('are evaluated for whom the request is for', async () => {
    const key = 'time-of-day-greeting';
    await withUnleash([feature(key, true, 'Ada')], async flags => {
      assert.equal(await flags.isOn(key, { targetingKey: 'Ada' }), true);
      assert.equal(await flags.isOn(key, { targetingKey: 'Grace' }), false);
    });
  });

  it('keep their defaults when Unleash does not know them', async () => {
    await withUnleash([], async flags => {
      for (const key of keys) {
        assert.equal(await flags.isOn(key), FLAG_DEFAULTS[key], key);
      }
    });
  });

  it('keep their defaults when Unleash refuses the token', async () => {
    await withUnleash(
      keys.map(key => feature(key, !FLAG_DEFAULTS[key])),
      async flags => {
        assert.equal(flags.status(), ProviderStatus.ERROR);
        for (const key of keys) {
          assert.equal(await flags.isOn(key), FLAG_DEFAULTS[key], key);
        }
      },
      'wrong',
    );
  });

  it('keep their defaults while Unleash cannot be reached', async () => {
    const flags = await connect(await freePort(), { deadlineMs: 100 });
    assert.equal(flags.status(), ProviderStatus.ERROR);
    for (const key of keys) {
      assert.equal(await flags.isOn(key), FLAG_DEFAULTS[key], key);
    }
    await flags.close();
  });
});
