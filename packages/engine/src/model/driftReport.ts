import { z } from 'zod';
import { fileClassSchema } from './serviceFile';

/** How a service's file stands to its template. @public */
export const driftStatusSchema = z.enum([
  'pristine',
  'outdated',
  'edited',
  'edited+outdated',
  'conflict',
  'converged',
  'missing',
  'waived',
]);

/** @public */
export const driftFileSchema = z.object({
  path: z.string(),
  status: driftStatusSchema,
  class: fileClassSchema,
  /** Whether the file counts as drift: a seeded file may be edited freely. */
  drifted: z.boolean(),
  reason: z.string().optional(),
});

/** @public */
export const driftLayerSchema = z.object({
  id: z.string(),
  template: z.object({
    entityRef: z.string(),
    version: z.string(),
    /** Of what was stamped: the same version number with other content has another. */
    inputDigest: z.string().optional(),
    commit: z.string().nullable(),
    /** `null` when the newest template could not be read; `reason` says why. */
    newestVersion: z.string().nullable(),
    reason: z.string().optional(),
  }),
  counts: z.record(driftStatusSchema, z.number().int().nonnegative()),
  drifted: z.number().int().nonnegative(),
  /** Share of the newest version's changes that the service has, 0 to 1; `null` when there are none to have. */
  migrated: z.number().min(0).max(1).nullable().optional(),
  /** When contents were merged; absent where files were compared by digest alone, and then none is in `conflict`. */
  plannedAt: z.string().optional(),
  files: z.array(driftFileSchema),
});

/**
 * Drift of one entity. `no-lock`: the repository has no lock, so nothing can be said; `invalid-lock`: it has one that
 * cannot be read; `unknown`: the repository itself could not be read.
 *
 * @public
 */
export const driftReportSchema = z.object({
  entityRef: z.string(),
  status: z.enum(['ok', 'no-lock', 'invalid-lock', 'unknown']),
  reason: z.string().optional(),
  observedAt: z.string(),
  /** Commit of the service that was compared. */
  commit: z.string().nullable(),
  layers: z.array(driftLayerSchema),
});

/** @public */
export type DriftStatus = z.infer<typeof driftStatusSchema>;
/** @public */
export type DriftFile = z.infer<typeof driftFileSchema>;
/** @public */
export type DriftLayer = z.infer<typeof driftLayerSchema>;
/** @public */
export type DriftReport = z.infer<typeof driftReportSchema>;
