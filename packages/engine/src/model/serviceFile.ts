import { z } from 'zod';
import { globProblem } from '../render/globPattern';

const MAX_OWNERSHIP = 500;

const glob = z.string().superRefine((text, context) => {
  const message = globProblem(text);
  if (message !== undefined) {
    context.addIssue({ code: 'custom', message });
  }
});

/**
 * An accepted exception from a check, or from following the template in a file.
 *
 * @public
 */
export const waiverSchema = z
  .strictObject({
    check: z.string().min(1).optional(),
    path: glob.optional(),
    reason: z.string().min(1).max(1000),
    owner: z.string().min(1),
    expires: z.iso.date(),
  })
  .refine(w => (w.check === undefined) !== (w.path === undefined), {
    message: "A waiver names either 'check' or 'path'",
  });

/**
 * Who owns a generated file: the template, both, the service after creation, or nobody.
 *
 * @public
 */
export const fileClassSchema = z.enum([
  'managed',
  'merged',
  'seeded',
  'excluded',
]);

/**
 * `golden-path.yaml` at a repository's root: the one file of a service in which people say what is particular to it.
 *
 * @public
 */
export const serviceFileSchema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  language: z.string().min(1).optional(),
  tier: z.union([z.int().min(1).max(4), z.string().min(1)]).optional(),
  visibility: z.enum(['public', 'internal', 'private']).optional(),
  ports: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        port: z.int().min(1).max(65535),
      }),
    )
    .optional(),
  slo: z
    .strictObject({
      availability: z.number().gt(0).lt(1).optional(),
      latency: z
        .strictObject({
          objective: z.number().gt(0).lt(1),
          thresholdMs: z.number().positive(),
        })
        .optional(),
      windowDays: z.int().positive().optional(),
    })
    .optional(),
  canary: z.strictObject({ profile: z.string().min(1) }).optional(),
  flags: z
    .strictObject({
      provider: z.string().min(1),
      file: z.string().min(1).optional(),
    })
    .optional(),
  cost: z
    .strictObject({
      centre: z.string().min(1),
      budgetMonthlyUsd: z.number().nonnegative().optional(),
    })
    .optional(),
  waivers: z.array(waiverSchema).max(200).default([]),
  ownership: z
    .record(glob, fileClassSchema)
    .refine(owned => Object.keys(owned).length <= MAX_OWNERSHIP, {
      message: `'ownership' has at most ${MAX_OWNERSHIP} entries`,
    })
    .default({}),
});

/** @public */
export type ServiceFile = z.infer<typeof serviceFileSchema>;
/** @public */
export type Waiver = z.infer<typeof waiverSchema>;
/** @public */
export type FileClass = z.infer<typeof fileClassSchema>;
