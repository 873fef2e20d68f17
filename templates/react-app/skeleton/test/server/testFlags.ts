import { TypedInMemoryProvider } from '@openfeature/server-sdk';
import { connectFlags } from '../../server/flags.ts';
import type { Flags } from '../../server/flags.ts';
import type { FlagKey } from '../../shared/flagDefaults.ts';
import { readFlagFile } from '../flagFile.ts';
import type { Variant } from '../flagFile.ts';

const nothing = (): void => undefined;
export const silent = { warn: nothing, debug: nothing };

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

/** The value of each flag for nobody in particular. */
export async function valuesOf(flags: Flags): Promise<Record<string, boolean>> {
  const evaluated = await flags.evaluateAll({});
  return Object.fromEntries(
    evaluated.map(({ flagKey, value }) => [flagKey, value]),
  );
}
