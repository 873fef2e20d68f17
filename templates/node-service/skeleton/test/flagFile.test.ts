import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createFlagProvider } from '../src/flagProvider.ts';
import { connectFlags, FLAG_DEFAULTS } from '../src/flags.ts';
import type { FlagKey, Flags } from '../src/flags.ts';
import { freshDomain, readFlagFile, silent } from './testFlags.ts';
import type { Variant } from './testFlags.ts';

const folder = mkdtempSync(join(tmpdir(), 'flags-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function connectFile(file: string): Promise<Flags> {
  return connectFlags({
    provider: createFlagProvider({ provider: 'file', file }),
    logger: silent,
    domain: freshDomain(),
  });
}

async function evaluate(key: FlagKey, variant: Variant): Promise<boolean> {
  const document = readFlagFile();
  const flag = document.flags[key];
  assert.ok(flag, key);
  flag.defaultVariant = variant;
  const file = join(folder, `${key}-${variant}.json`);
  writeFileSync(file, JSON.stringify(document));
  const flags = await connectFile(file);
  try {
    return await flags.isOn(key);
  } finally {
    await flags.close();
  }
}

describe('flags/flags.json', () => {
  it('declares exactly the flags the code asks for', () => {
    assert.deepEqual(
      Object.keys(readFlagFile().flags).sort(),
      Object.keys(FLAG_DEFAULTS).sort(),
    );
  });

  it('says who owns each flag, of which type it is and when a release flag goes', () => {
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      const { owner, type, expires } = flag.metadata;
      assert.match(owner ?? '', /\S/, `${key} has no owner`);
      assert.match(type ?? '', /^(release|ops)$/, `${key} has no known type`);
      if (type === 'release') {
        assert.match(
          expires ?? '',
          /^\d{4}-\d{2}-\d{2}$/,
          `${key} is a release flag without an expiry date`,
        );
      }
    }
  });

  it('has only on and off as variants, and a default that is one of them', () => {
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      assert.deepEqual(flag.variants, { on: true, off: false }, key);
      assert.ok(flag.defaultVariant in flag.variants, key);
    }
  });

  it('evaluates as committed', async () => {
    const flags = await connectFile('flags/flags.json');
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      assert.equal(
        await flags.isOn(key as FlagKey),
        flag.variants[flag.defaultVariant],
        key,
      );
    }
    await flags.close();
  });

  it('evaluates both states of every flag', async () => {
    for (const key of Object.keys(FLAG_DEFAULTS) as FlagKey[]) {
      assert.equal(await evaluate(key, 'on'), true, key);
      assert.equal(await evaluate(key, 'off'), false, key);
    }
  });
});
