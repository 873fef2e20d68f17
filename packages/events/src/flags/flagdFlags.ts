import type { FlagObservation } from '@goldenpath/engine';
import { z } from 'zod';

const metadataSchema = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .nullish();

const definitionSchema = z.looseObject({
  state: z.enum(['ENABLED', 'DISABLED']),
  variants: z.record(z.string(), z.unknown()),
  defaultVariant: z.string().nullish(),
  targeting: z.looseObject({}).nullish(),
  metadata: metadataSchema,
});

/** flagd's flag definitions. */
export const flagdSchema = z.looseObject({
  flags: z.record(z.string(), definitionSchema),
  metadata: metadataSchema,
});

/** Words for types in use; a kill switch is often called one of operations, and both may stay. */
const TYPES: Record<string, FlagObservation['type']> = {
  release: 'release',
  experiment: 'experiment',
  operational: 'operational',
  ops: 'kill-switch',
  'kill-switch': 'kill-switch',
  killswitch: 'kill-switch',
  config: 'permission',
  permission: 'permission',
  entitlement: 'permission',
};

function instantOf(value: unknown): string | undefined {
  return z.iso.datetime({ offset: true }).safeParse(value).data;
}

/**
 * The flags of flagd's definitions. They have no creation of their own, only one that somebody wrote into the metadata.
 * What targeting gives depends on who asks, so that a flag with targeting has no known shares.
 */
export function readFlagdFlags(
  document: z.infer<typeof flagdSchema>,
): FlagObservation[] {
  return Object.entries(document.flags).map(([key, definition]) => {
    const { state, defaultVariant, targeting } = definition;
    const metadata = { ...document.metadata, ...definition.metadata };
    const createdAt = instantOf(metadata.createdAt);
    const enabled = state === 'ENABLED';
    const isTargeted = Object.keys(targeting ?? {}).length > 0;
    const served = enabled ? defaultVariant : 'off';
    return {
      key,
      type: TYPES[String(metadata.type ?? '').toLowerCase()] ?? 'release',
      ...(createdAt ? { createdAt } : {}),
      stale: metadata.stale === true,
      archived: false,
      enabled,
      ...(served && !(enabled && isTargeted)
        ? { variants: [{ name: served, share: 1 }] }
        : {}),
    };
  });
}
