import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProviderStatus, TypedInMemoryProvider } from '@openfeature/server-sdk';
import { describe, expect, it } from 'vitest';
import { createFlagProvider } from '../../server/flagProvider.ts';
import { connectFlags } from '../../server/flags.ts';
import type { Flags } from '../../server/flags.ts';
import { FLAG_DEFAULTS } from '../../shared/flagDefaults.ts';
import type { FlagKey } from '../../shared/flagDefaults.ts';
import { readFlagFile } from '../flagFile.ts';
import type { Variant } from '../flagFile.ts';
import { testApp } from './testApp.ts';
import { flagsWith, freshDomain, silent, valuesOf } from './testFlags.ts';

const keys = Object.keys(FLAG_DEFAULTS) as FlagKey[];

function connectFile(file: string, logger = silent): Promise<Flags> {
  return connectFlags({
    provider: createFlagProvider({ provider: 'file', file }),
    logger,
    domain: freshDomain(),
  });
}

/** The value flagd's own evaluation gives when the committed file says `variant`. */
async function evaluate(key: FlagKey, variant: Variant): Promise<unknown> {
  const document = readFlagFile();
  Object.assign(document.flags[key] ?? {}, { defaultVariant: variant });
  const file = join(mkdtempSync(join(tmpdir(), 'flags-')), 'flags.json');
  writeFileSync(file, JSON.stringify(document));
  const flags = await connectFile(file);
  const values = await valuesOf(flags);
  await flags.close();
  return values[key];
}

describe('flags/flags.json', () => {
  it('declares exactly the flags the code asks for', () => {
    expect(Object.keys(readFlagFile().flags).sort()).toEqual(keys.toSorted());
  });

  it('says who owns each flag, of which type it is and when a release flag goes', () => {
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      const { owner, type, expires } = flag.metadata;
      expect(owner, `${key} has no owner`).toMatch(/\S/);
      expect(type, `${key} has no known type`).toMatch(/^(release|ops)$/);
      if (type === 'release') {
        expect(
          expires,
          `${key} is a release flag without an expiry date`,
        ).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }
    }
  });

  it('has only on and off as variants, and a default that is one of them', () => {
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      expect(flag.variants, key).toEqual({ on: true, off: false });
      expect(flag.variants, key).toHaveProperty(flag.defaultVariant);
    }
  });

  it('evaluates as committed', async () => {
    const flags = await connectFile('flags/flags.json');
    const values = await valuesOf(flags);
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      expect(values[key], key).toBe(flag.variants[flag.defaultVariant]);
    }
    await flags.close();
  });

  it.each(keys)('evaluates both states of %s', async key => {
    expect(await evaluate(key, 'on')).toBe(true);
    expect(await evaluate(key, 'off')).toBe(false);
  });

  it('agrees with the code on what is safe: release flags off, kill switches not pulled', () => {
    for (const [key, flag] of Object.entries(readFlagFile().flags)) {
      expect(FLAG_DEFAULTS[key as FlagKey], key).toBe(
        flag.metadata.type === 'ops',
      );
    }
  });
});

describe('flags of the server', () => {
  it('keep their defaults while the provider is down, and it is logged once', async () => {
    const warnings: unknown[] = [];
    const flags = await connectFile('flags/no-such-file.json', {
      ...silent,
      warn: (...entry: unknown[]) => warnings.push(entry),
    });
    expect(await valuesOf(flags)).toEqual(FLAG_DEFAULTS);
    expect(await valuesOf(flags)).toEqual(FLAG_DEFAULTS);
    expect(flags.status()).toBe(ProviderStatus.ERROR);
    expect(warnings).toHaveLength(1 + keys.length);
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
    expect(await valuesOf(flags)).toEqual(FLAG_DEFAULTS);
  });
});

describe('POST /ofrep/v1/evaluate/flags', () => {
  const request = {
    method: 'POST',
    url: '/ofrep/v1/evaluate/flags',
    payload: { context: { targetingKey: 'visitor-1' } },
  } as const;

  it('gives both states of every flag', async () => {
    for (const variant of ['on', 'off'] as const) {
      const forced = Object.fromEntries(keys.map(key => [key, variant]));
      const { app } = await testApp({ flags: await flagsWith(forced) });
      const { flags } = (await app.inject(request)).json<{
        flags: { key: string; value: boolean; variant: string }[];
      }>();
      expect(flags.map(({ key }) => key).sort()).toEqual(keys.toSorted());
      for (const flag of flags) {
        expect(flag).toMatchObject({ variant, value: variant === 'on' });
      }
    }
  });

  it('sends nothing again while nothing changed', async () => {
    const { app } = await testApp();
    const { headers } = await app.inject(request);
    const again = await app.inject({
      ...request,
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);

    const changed = await testApp({
      flags: await flagsWith({ 'greetings-enabled': 'off' }),
    });
    const other = await changed.app.inject({
      ...request,
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(other.statusCode).toBe(200);
  });

  it('says which flags cannot be told, so that the page takes its defaults', async () => {
    const { app } = await testApp({
      flags: await connectFile('flags/no-such-file.json'),
    });
    const response = await app.inject(request);
    expect(response.statusCode).toBe(200);
    const { flags } = response.json<{ flags: Record<string, unknown>[] }>();
    for (const flag of flags) {
      expect(flag['errorCode']).toMatch(/^[A-Z_]+$/);
      expect(flag).not.toHaveProperty('value');
    }
  });

  it('refuses what is no context, and more than one can be', async () => {
    const { app } = await testApp();
    const wrong = await app.inject({ ...request, payload: { context: 'x' } });
    expect(wrong.statusCode).toBe(400);
    const large = await app.inject({
      ...request,
      payload: { context: { text: 'x'.repeat(10_000) } },
    });
    expect(large.statusCode).toBe(413);
  });
});
