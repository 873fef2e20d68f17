import { readFileSync } from 'node:fs';
import { TypedInMemoryProvider } from '@openfeature/server-sdk';
import { connectFlags } from '../src/flags.ts';
import type { FlagKey, Flags } from '../src/flags.ts';

export type Variant = 'on' | 'off';

/** The parts of `flags/flags.json` that the tests read. */
export interface FlagFile {
  flags: Record<
    string,
    {
      state: string;
      variants: Record<Variant, boolean>;
      defaultVariant: Variant;
      metadata: { owner?: string; type?: string; expires?: string };
    }
  >;
}

export const silent = { warn() {}, debug() {} };

export function readFlagFile(): FlagFile {
  const file = new URL('../flags/flags.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as FlagFile;
}

let connections = 0;

/** A name no other connection of this test run has. */
export function freshDomain(): string {
  connections += 1;
  return `test-${connections}`;
}

/** The committed flags with some of them forced to a variant. */
export function flagsWith(
  forced: Partial<Record<FlagKey, Variant>>,
): Promise<Flags> {
  const flags = Object.entries(readFlagFile().flags).map(([key, flag]) => [
    key,
    {
      variants: flag.variants,
      defaultVariant: forced[key as FlagKey] ?? flag.defaultVariant,
      disabled: false,
    },
  ]);
  const provider = new TypedInMemoryProvider(
    Object.fromEntries(flags) as ConstructorParameters<
      typeof TypedInMemoryProvider
    >[0],
  );
  return connectFlags({ provider, logger: silent, domain: freshDomain() });
}
