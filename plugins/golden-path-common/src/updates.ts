import { updateDecisionsSchema, updatePlanSchema } from '@goldenpath/engine';
import { z } from 'zod';

/**
 * What the provenance of a service without a lock was found to be. `scaffolder-task`: the task that made it still exists
 * and says template and values; `closest-version`: guessed from the files alone.
 *
 * @public
 */
export const recoveredProvenanceSchema = z.object({
  template: z.string(),
  version: z.string(),
  via: z.enum(['scaffolder-task', 'closest-version']),
  taskId: z.string().optional(),
  /** Files of the template that the service has unchanged, of all that it renders. */
  equalFiles: z.number().int(),
  files: z.number().int(),
  /** Why it is no more than a guess, or what could not be reproduced. */
  reason: z.string().optional(),
});

/**
 * `GET .../plan?layer=`: what an update to the newest version would do, worked out when it is asked for.
 * `unknown`: the repository or a template could not be read, as `reason` says.
 *
 * @public
 */
export const planResponseSchema = z.object({
  entityRef: z.string(),
  status: z.enum(['ok', 'no-lock', 'invalid-lock', 'unknown']),
  reason: z.string().optional(),
  /** Commit of the service the plans are of. */
  commit: z.string().nullable(),
  plans: z.array(updatePlanSchema),
  /** Why there is no plan for a layer, by its id. */
  problems: z.record(z.string(), z.string()),
  /** What a change request is called where the service lies; absent where none can be opened, and `refusal` says why. */
  noun: z.string().optional(),
  refusal: z.string().optional(),
  /** For a service without a lock. */
  recovered: recoveredProvenanceSchema.optional(),
});

/**
 * `queued` and `working`: the branch is not pushed yet; `failed`: it could not be, as `problem` says; the others as the
 * host has it.
 *
 * @public
 */
export const updateStateSchema = z.enum([
  'queued',
  'working',
  'open',
  'merged',
  'closed',
  'failed',
  'nothing-to-do',
]);

/** A proposed update of a service: a branch, and the request to merge it. @public */
export const updateRequestSchema = z.object({
  id: z.string(),
  entityRef: z.string(),
  layer: z.string(),
  template: z.string(),
  /** `null` where only the lock is added. */
  from: z.string().nullable(),
  to: z.string(),
  state: updateStateSchema,
  /** A draft has conflicts that a person must look at. */
  draft: z.boolean(),
  conflicts: z.number().int(),
  checks: z.enum(['passing', 'failing', 'pending', 'unknown']),
  branch: z.string(),
  url: z.string().nullable(),
  noun: z.string(),
  problem: z.string().optional(),
  rolloutId: z.string().optional(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** `GET .../updates`, newest first. @public */
export const updatesResponseSchema = z.object({
  entityRef: z.string(),
  items: z.array(updateRequestSchema),
});

/**
 * Body of `POST .../updates`, status 202 with the request; asking again for the same plan gives the one that is there.
 * With `provenance: true` the change only adds the lock of what was recovered.
 *
 * @public
 */
export const createUpdateSchema = z.strictObject({
  layer: z.string().min(1).max(200).optional(),
  /** Of the plan the caller saw: when it is another one by now, nothing is done and the answer is 409. */
  planDigest: z.string().max(100).optional(),
  decisions: updateDecisionsSchema.default({}),
  provenance: z.boolean().default(false),
});

/** @public */
export type RecoveredProvenance = z.infer<typeof recoveredProvenanceSchema>;
/** @public */
export type PlanResponse = z.infer<typeof planResponseSchema>;
/** @public */
export type UpdateState = z.infer<typeof updateStateSchema>;
/** @public */
export type UpdateRequest = z.infer<typeof updateRequestSchema>;
/** @public */
export type UpdatesResponse = z.infer<typeof updatesResponseSchema>;
/** @public */
export type CreateUpdate = z.input<typeof createUpdateSchema>;
