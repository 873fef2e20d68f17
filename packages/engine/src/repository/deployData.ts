import { z } from 'zod';
import { listed } from './place';

/** A job of a pipeline that deploys. Of systems other than GitHub only the command is known. */
export const deploySchema = listed({
  job: z.string(),
  /** The command or action that deploys. */
  name: z.string(),
  /** Name under `environment`; absent when an expression decides, `''` when there is none. */
  environment: z.string(),
  hasEnvironment: z.boolean(),
  /** Unless a name says otherwise (`staging`, `dev`, …). Absent when an expression decides. */
  production: z.boolean(),
  /** Names the image by digest. Absent when the job names no image at all. */
  byDigest: z.boolean(),
  /** Builds the image itself although it, or another job, deploys to more than one place. */
  rebuilds: z.boolean(),
  /** A signature or attestation is verified before, in the job or in one it waits for. */
  verified: z.boolean(),
  /** The error budget is asked for before, in the job or in one it waits for. */
  budgetChecked: z.boolean(),
  /** The deployed service is tested after, in the job or in one that waits for it. */
  smoke: z.boolean(),
});

/** A build of a container image in a pipeline. */
export const imageBuildSchema = listed({
  job: z.string(),
  name: z.string(),
  /** With layers from a cache, or with cache mounts in the Dockerfile. */
  cached: z.boolean(),
});

export type Deploy = z.infer<typeof deploySchema>;
export type ImageBuild = z.infer<typeof imageBuildSchema>;
