import { templateProofResultSchema } from '@goldenpath/engine';
import { z } from 'zod';

/**
 * How a template's proof stands: `proven` and `falls-short` are of what the template is now; `outdated` is a proof of
 * something else than the template is now, `missing` none at all, `unreadable` a file that is no proof.
 *
 * @public
 */
export const templateProofStatusSchema = z.enum([
  'proven',
  'falls-short',
  'could-not-tell',
  'outdated',
  'missing',
  'unreadable',
]);

/** `GET /v1/templates/{namespace}/{name}`. @public */
export const templateResponseSchema = z.object({
  entityRef: z.string(),
  version: z.string(),
  /** Changes with anything that the template renders from. */
  inputDigest: z.string(),
  proof: z.object({
    status: templateProofStatusSchema,
    /** What it falls short in, or why nothing can be said. */
    reason: z.string().optional(),
    result: templateProofResultSchema.optional(),
  }),
});

/** `GET /v1/templates/{namespace}/{name}/files`: what the scaffolder needs for a dry run. @public */
export const templateFilesResponseSchema = z.object({
  entityRef: z.string(),
  version: z.string(),
  files: z.array(
    z.object({
      /** In the template's folder. */
      path: z.string(),
      base64Content: z.string(),
    }),
  ),
});

/** @public */
export type TemplateProofStatus = z.infer<typeof templateProofStatusSchema>;
/** @public */
export type TemplateResponse = z.infer<typeof templateResponseSchema>;
/** @public */
export type TemplateFilesResponse = z.infer<typeof templateFilesResponseSchema>;
