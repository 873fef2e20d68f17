import { z } from 'zod';

/**
 * The `data` of the `catalog` fact: what the catalog entity says of itself. What it does not say is left out, and so is
 * what only a catalog knows (`ownerExists`, `relations`) where a file is all there is.
 *
 * @public
 */
export const catalogDataSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  /** Full entity reference. */
  owner: z.string().optional(),
  /** Whether the catalog has an entity by the owner's reference. */
  ownerExists: z.boolean().optional(),
  lifecycle: z.string().optional(),
  type: z.string().optional(),
  system: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  annotations: z.record(z.string(), z.string()),
  links: z.array(
    z.object({
      url: z.string(),
      title: z.string().optional(),
      type: z.string().optional(),
    }),
  ),
  relations: z
    .array(z.object({ type: z.string(), targetRef: z.string() }))
    .optional(),
});

/** @public */
export type CatalogData = z.infer<typeof catalogDataSchema>;
