import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TypedInMemoryProvider, ProviderStatus } from '@openfeature/server-sdk';
import { createFlagProvider } from '../src/flagProvider.ts';
import { connectFlags, FLAG_DEFAULTS } from '../src/flags.ts';
import type { FlagKey } from '../src/flags.ts';
import { flagsWith, freshDomain, readFlagFile, silent } from './testFlags.ts';

const keys = Object.keys(FLAG_DEFAULTS) as FlagKey[];

describe('flags', () => {
  it('follow the provider in both states', async () => {
    for (const key of keys) {
      const on = await flagsWith({ [key]: 'on' });
      const off = await flagsWith({ [key]: 'off' });
      assert.equal(await on.isOn(key), true, key);
      assert.equal(await off.isOn(key), false, key);
    }
  });

  it('keep their defaults while the provider is down, and it is logged once', async () => {
    const warnings: object[] = [];
    const flags = await connectFlags({
      provider: createFlagProvider({
        provider: 'file',
        file: 'flags/no-such-file.json',
      }),
      logger: { ...silent, warn: (entry: object) => warnings.push(entry) },
      domain: freshDomain(),
    });
    for (const key of keys) {
      assert.equal(await flags.isOn(key), FLAG_DEFAULTS[key], key);
      assert.equal(await flags.isOn(key), FLAG_DEFAULTS[key], key);
    }
    assert.equal(flags.status(), ProviderStatus.ERROR);
    assert.equal(warnings.length, 1 + keys.length);
    await flags.close();
  });

  it('keep their defaults when the provider does not know them or has another type', async () => {
    const flags = await connectFlags({
      provider: new TypedInMemoryProvider({
        'greetings-enabled': {
          variants: { on: 'yes' },
          defaultVariant: 'on',
          disabled: false,
        },
      }),
      logger: silent,
      domain: freshDomain(),
    });
    for (const key of keys) {
      assert.equal(await flags.isOn(key), FLAG_DEFAULTS[key], key);
    }
  });

  it('are safe by default: release flags off, kill switches not pulled', () => {
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      assert.equal(
        FLAG_DEFAULTS[key as FlagKey],
        flag.metadata.type === 'ops',
        key,
      );
    }
  });
});
