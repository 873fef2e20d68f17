import { z } from 'zod';
import { driftStatusSchema } from './driftReport';
import { fileClassSchema } from './serviceFile';

const count = z.number().int().nonnegative();

/** One line of a diff, as a unified diff marks it. @public */
export const diffLineSchema = z.string().regex(/^[ +\-\\]/);

/**
 * How a change of the template stands to a service: it has it already, it can be taken as it is, it meets an edit of the
 * service in the same place, or somebody decided to leave it out.
 *
 * @public
 */
export const hunkStatusSchema = z.enum([
  'present',
  'applicable',
  'conflict',
  'declined',
]);

/** What a person decided about a hunk or a whole file. @public */
export const hunkDecisionSchema = z.enum(['take', 'keep']);

/**
 * One change of the template between the stamped version and the new one. Line numbers count from 1 and are of the
 * stamped rendering (`old`) and of the new one (`new`).
 *
 * @public
 */
export const planHunkSchema = z.object({
  /** Stable for the same change of the same file, whatever else changes: what decisions name. */
  id: z.string(),
  status: hunkStatusSchema,
  oldStart: count,
  oldLines: count,
  newStart: count,
  newLines: count,
  lines: z.array(diffLineSchema),
});

/**
 * Why a file's update cannot be taken as it is. `content`: both sides changed the same lines; `add/add`: both added the
 * file; `binary`, `mode`: both changed it and it cannot be merged; `file/folder`: one side has a folder where the other
 * has a file; `rename`: both moved it, or moved others onto its place; `no-base`: what was stamped cannot be reproduced.
 *
 * @public
 */
export const planConflictKindSchema = z.enum([
  'content',
  'add/add',
  'binary',
  'mode',
  'file/folder',
  'rename',
  'no-base',
]);

/**
 * What the update does to a file. `restore` puts a managed file back that the service edited or deleted; `keep` leaves
 * the service's as it is although the template has another.
 *
 * @public
 */
export const planActionSchema = z.enum([
  'none',
  'add',
  'change',
  'delete',
  'move',
  'restore',
  'keep',
]);

/** @public */
export const planFileSchema = z.object({
  /** Where the service has it, or will have it. */
  path: z.string(),
  /** Where the stamped template has it, when that is another place. */
  movedFrom: z.string().optional(),
  status: driftStatusSchema,
  class: fileClassSchema,
  drifted: z.boolean(),
  action: planActionSchema,
  conflict: planConflictKindSchema.optional(),
  /** Why it stands so, in a sentence. */
  reason: z.string().optional(),
  /** Changes of the template in it; empty for binary files and where only one side has it. */
  hunks: z.array(planHunkSchema),
  /** Unified diff from the service's file to the updated one, without header; absent for binary and very large files. */
  patch: z.string().optional(),
  binary: z.boolean().optional(),
  mode: z.object({ from: z.string(), to: z.string() }).optional(),
});

/** What the service changed in a file that the template gave it. @public */
export const serviceEditSchema = z.object({
  path: z.string(),
  /** The same for the same edit of the same file in any service of the template. */
  fingerprint: z.string(),
  /** Unified diff of the edit, without header. */
  patch: z.string(),
});

/** @public */
export const planNoticeSchema = z.object({
  kind: z.enum([
    'deleted-by-service',
    'deleted-by-template',
    'moved-by-service',
    'moved-by-template',
    'restored',
    'version-bump',
    'no-base',
    'held',
    'value',
    'other',
  ]),
  path: z.string().optional(),
  message: z.string(),
});

/**
 * What an update of one layer of a service would do. The card, the command line, CI and the change request all show this
 * one object.
 *
 * @public
 */
export const updatePlanSchema = z.object({
  layer: z.string(),
  template: z.object({
    entityRef: z.string(),
    from: z.string(),
    to: z.string(),
    /** Of the new version. */
    commit: z.string().nullable(),
    inputDigest: z.string(),
  }),
  /** Whether what was stamped could be reproduced, digest by digest. `missing` lists edited files for which it could not. */
  base: z.object({ reproducible: z.boolean(), missing: z.array(z.string()) }),
  /** True when nothing conflicts. An update that is not clean is proposed as a draft. */
  clean: z.boolean(),
  /** True when nothing is to be done: no file to change, and the lock says so already. */
  empty: z.boolean(),
  files: z.array(planFileSchema),
  counts: z.record(driftStatusSchema, count),
  conflicts: z.array(
    z.object({ path: z.string(), kind: planConflictKindSchema }),
  ),
  /** Changes of the template, counted by hunk; a file without hunks counts as one. `share` is `null` without any change. */
  migrated: z.object({
    present: count,
    applicable: count,
    conflict: count,
    declined: count,
    total: count,
    share: z.number().min(0).max(1).nullable(),
  }),
  notices: z.array(planNoticeSchema),
  edits: z.array(serviceEditSchema),
  /** Over everything the plan was made from: the same plan has the same digest. */
  digest: z.string(),
});

/**
 * Decisions by path: about the whole file, or about hunks by their id. What is not decided is taken where it is
 * applicable and left alone where it is in conflict.
 *
 * @public
 */
export const updateDecisionsSchema = z.record(
  z.string(),
  z.strictObject({
    file: hunkDecisionSchema.optional(),
    hunks: z.record(z.string(), hunkDecisionSchema).optional(),
  }),
);

/** @public */
export type HunkStatus = z.infer<typeof hunkStatusSchema>;
/** @public */
export type HunkDecision = z.infer<typeof hunkDecisionSchema>;
/** @public */
export type PlanHunk = z.infer<typeof planHunkSchema>;
/** @public */
export type PlanConflictKind = z.infer<typeof planConflictKindSchema>;
/** @public */
export type PlanAction = z.infer<typeof planActionSchema>;
/** @public */
export type PlanFile = z.infer<typeof planFileSchema>;
/** @public */
export type PlanNotice = z.infer<typeof planNoticeSchema>;
/** @public */
export type ServiceEdit = z.infer<typeof serviceEditSchema>;
/** @public */
export type UpdatePlan = z.infer<typeof updatePlanSchema>;
/** @public */
export type UpdateDecisions = z.infer<typeof updateDecisionsSchema>;
