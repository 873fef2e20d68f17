import { z } from 'zod';

/** Name of the manifest, beside `template.yaml`. @public */
export const TEMPLATE_MANIFEST_FILE = 'golden-path.template.yaml';

const globs = z.array(z.string().min(1)).default([]);

/**
 * A folder of a template that is rendered when every value named in `when` is one of those listed: the files of one
 * forge, of one plan, of one choice.
 *
 * @public
 */
export const templateVariantSchema = z.strictObject({
  folder: z.string().min(1),
  when: z
    .record(
      z.string().min(1),
      z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
    )
    .refine(when => Object.keys(when).length > 0, {
      message: 'A variant without a condition belongs in the skeleton',
    }),
});

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * What a version asks of services that come from an older one, in data alone: applied when the stamped version is older
 * than `version` and the new one is not, in the order of versions. Values are first moved, then mapped, set and removed.
 *
 * @public
 */
export const templateMigrationSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
  values: z
    .strictObject({
      /** Old name to new name. */
      move: z.record(z.string().min(1), z.string().min(1)).default({}),
      /** By name of the value: old answer to new answer. */
      map: z.record(z.string(), z.record(z.string(), scalar)).default({}),
      /** By name; replaces what was answered. */
      set: z.record(z.string().min(1), z.json()).default({}),
      remove: z.array(z.string().min(1)).default([]),
    })
    .optional(),
  /** Old path to new path, for files that changed too much to be recognised. */
  moveFiles: z.record(z.string().min(1), z.string().min(1)).optional(),
});

/**
 * `golden-path.template.yaml`, beside a template's `template.yaml` and versioned with its skeleton: how the skeleton
 * renders and who owns each file afterwards. Files that match no class are `merged`.
 *
 * @public
 */
export const templateManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  version: z
    .string()
    .regex(
      /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/,
      'A version must be semantic, like 1.2.0',
    ),
  skeleton: z.string().min(1).default('./skeleton'),
  /** Folders rendered beside the skeleton, each for some values only. */
  variants: z.array(templateVariantSchema).default([]),
  /** Values for those a service was not given, because they are younger than it. */
  defaults: z.record(z.string(), z.json()).default({}),
  migrations: z.array(templateMigrationSchema).max(100).default([]),
  /** Globs of files copied byte for byte; their paths are still rendered. */
  copyWithoutTemplating: globs,
  classes: z
    .strictObject({
      managed: globs,
      merged: globs,
      seeded: globs,
      excluded: globs,
    })
    .default({ managed: [], merged: [], seeded: [], excluded: [] }),
});

/** @public */
export type TemplateVariant = z.infer<typeof templateVariantSchema>;

/** @public */
export type TemplateMigration = z.infer<typeof templateMigrationSchema>;

/** @public */
export type TemplateManifest = z.infer<typeof templateManifestSchema>;
