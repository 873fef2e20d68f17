import { z } from 'zod';

/** Name of the manifest, beside `template.yaml`. @public */
export const TEMPLATE_MANIFEST_FILE = 'golden-path.template.yaml';

const globs = z.array(z.string().min(1)).default([]);

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
export type TemplateManifest = z.infer<typeof templateManifestSchema>;
