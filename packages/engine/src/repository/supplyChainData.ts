import { z } from 'zod';
import { listed } from './place';

/** A step that publishes what others run: an image, a package, a release. */
export const publishSchema = listed({
  job: z.string(),
  name: z.string(),
});

/** A step that says what an artifact is made of, or where it came from. */
export const attestationSchema = listed({
  kind: z.enum(['sbom', 'provenance']),
  name: z.string(),
  /** Runs when something is released, not on pull requests or a timetable alone. */
  release: z.boolean(),
});

/** A cache that a publishing job reads, or a build tool's remote cache. */
export const cacheUseSchema = listed({
  name: z.string(),
  /** False when jobs of pull requests write what is read, or when what is read is not signed. */
  trusted: z.boolean(),
});

/** A login of a pipeline to a cloud or a package registry that knows OpenID Connect. */
export const cloudLoginSchema = listed({
  name: z.string(),
  /** With a token of the run; false for a stored key or password. */
  shortLived: z.boolean(),
});

export type Publish = z.infer<typeof publishSchema>;
export type Attestation = z.infer<typeof attestationSchema>;
export type CacheUse = z.infer<typeof cacheUseSchema>;
export type CloudLogin = z.infer<typeof cloudLoginSchema>;
