import { z } from 'zod';

const count = z.number().int().nonnegative();

/**
 * The `data` of the `drift` fact: how many files of a service stand apart from its template. `outdated` and `conflicts`
 * are left out where a layer's newest template could not be read.
 *
 * @public
 */
export const driftDataSchema = z.object({
  drifted: count,
  edited: count,
  missing: count,
  outdated: count.optional(),
  conflicts: count.optional(),
  layers: z.array(
    z.object({
      id: z.string(),
      /** Entity reference. */
      template: z.string(),
      version: z.string(),
      drifted: count,
      newestVersion: z.string().optional(),
      upToDate: z.boolean().optional(),
    }),
  ),
});

/** @public */
export type DriftData = z.infer<typeof driftDataSchema>;
