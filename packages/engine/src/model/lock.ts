import { z } from 'zod';
import { fileClassSchema } from './serviceFile';

const sha256 = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "A digest is 'sha256:' and 64 hex digits");

// Most databases keep no NUL, and no name needs one
const name = z
  .string()
  .min(1)
  .refine(text => !text.includes('\0'), 'It must not hold a NUL character');

const fileMode = z.enum(['100644', '100755', '120000']);

/** One file as the template rendered it. @public */
export const lockedFileSchema = z.strictObject({
  sha256,
  mode: fileMode,
  class: fileClassSchema,
  /** The older version this entry is still of, since the service has not taken the file's update. */
  heldAt: z.string().min(1).optional(),
});

/**
 * Where a template was read from. `commit` is `null` when its folder was under no version control.
 *
 * @public
 */
export const templateSourceSchema = z.strictObject({
  type: z.enum(['git', 'file']),
  url: name,
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .nullable(),
  /** True when the folder differed from `commit` as it was read. */
  dirty: z.boolean().optional(),
});

/** @public */
export const renderOptionsSchema = z.strictObject({
  copyWithoutTemplating: z.array(z.string()).default([]),
});

/**
 * A template applied to a repository: its provenance, the values given, and the digests of what came out.
 *
 * @public
 */
export const layerSchema = z.strictObject({
  id: name,
  template: z.strictObject({
    entityRef: name,
    source: templateSourceSchema,
    version: name,
    /** Over the manifest and the skeleton, paths sorted. */
    inputDigest: sha256,
  }),
  render: z.strictObject({
    engine: z.string().min(1),
    options: renderOptionsSchema,
    values: z.record(z.string(), z.json()),
  }),
  rendered: z.strictObject({
    digest: sha256,
    files: z.record(z.string(), lockedFileSchema),
    /** Files the service deleted on purpose. */
    absent: z.array(z.string()).default([]),
  }),
  applied: z.strictObject({
    at: z.iso.datetime({ offset: true }),
    via: z.string().min(1),
  }),
  history: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        at: z.string(),
        via: z.string().optional(),
      }),
    )
    .default([]),
});

/**
 * `.golden-path.lock.yaml`: written by machines, read by drift, scoring and updates.
 *
 * @public
 */
export const lockSchema = z.strictObject({
  schemaVersion: z.literal(1),
  layers: z.array(layerSchema).min(1).max(20),
});

/** @public */
export type Lock = z.infer<typeof lockSchema>;
/** @public */
export type Layer = z.infer<typeof layerSchema>;
/** @public */
export type LockedFile = z.infer<typeof lockedFileSchema>;
/** @public */
export type TemplateSource = z.infer<typeof templateSourceSchema>;
/** @public */
export type RenderOptions = z.infer<typeof renderOptionsSchema>;

/** Name of the lock at a repository's root. @public */
export const LOCK_FILE = '.golden-path.lock.yaml';
/** Name of the service's own file at a repository's root. @public */
export const SERVICE_FILE = 'golden-path.yaml';
