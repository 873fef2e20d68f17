import { z } from 'zod';
import { listed } from './place';

/** A file that steers coding agents, and whether CODEOWNERS gives it an owner. */
export const agentConfigSchema = listed({
  path: z.string(),
  owned: z.boolean(),
});

/** A step of a pipeline that runs a coding agent or a language model. */
export const agentStepSchema = listed({
  name: z.string(),
  /** Outsiders can start it, and so choose what the model reads. */
  untrusted: z.boolean(),
  /** The job's token may write. */
  tokenWrites: z.boolean(),
  /** Secrets of the job other than the key of the model. */
  secrets: z.array(z.string()),
});

/** A template for descriptions of pull or merge requests. */
export const requestTemplateSchema = listed({
  /** Asks what part an AI took. */
  asksForAi: z.boolean(),
});

export type AgentConfig = z.infer<typeof agentConfigSchema>;
export type AgentStep = z.infer<typeof agentStepSchema>;
export type RequestTemplate = z.infer<typeof requestTemplateSchema>;
