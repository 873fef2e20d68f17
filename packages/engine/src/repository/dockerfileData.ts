import { z } from 'zod';
import { listed } from './place';

/** A base image a Dockerfile starts from. Stages of the same file are not among them. */
export const imageSchema = listed({
  /** As written, variables replaced by their defaults. */
  image: z.string(),
  name: z.string(),
  tag: z.string(),
  digest: z.string(),
  /** By digest, or `scratch`. Absent when a variable without default decides. */
  pinned: z.boolean(),
});

/** A Dockerfile. */
export const dockerfileSchema = listed({
  /** Last `USER` of the final stage, also through the stages it starts from. */
  user: z.string(),
  /** Whether the container runs as a user other than root, by `USER` or a `:nonroot` base. */
  nonRoot: z.boolean(),
  stages: z.number().int(),
});

/** One rule held against one instruction of a Dockerfile. */
export const dockerfileRuleSchema = listed({
  rule: z.enum([
    'pinned-base',
    'non-root',
    'no-secret-in-environment',
    'no-download-into-shell',
    'no-remote-add',
  ]),
  ok: z.boolean(),
  name: z.string(),
});

export type Image = z.infer<typeof imageSchema>;
export type DockerfileData = z.infer<typeof dockerfileSchema>;
export type DockerfileRule = z.infer<typeof dockerfileRuleSchema>;
