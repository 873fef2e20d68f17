import { z } from 'zod';
import { listed } from './place';

/** A file with automated tests. */
export const testFileSchema = listed({
  /** Whether a test case of a known framework is in it. */
  hasCases: z.boolean(),
});

/** A configured lower bound of test coverage. */
export const coverageSchema = listed({
  tool: z.string(),
  /** In percent, of lines where lines are told apart. */
  floor: z.number(),
  /** Whether a script, target or the configuration itself switches the measurement on. */
  enforced: z.boolean(),
});

/** A feature flag in a file of flagd's format. */
export const flagSchema = listed({
  key: z.string(),
  state: z.string(),
  variants: z.array(z.string()),
  owner: z.string(),
  hasOwner: z.boolean(),
  /** `release`, `experiment`, `ops`, `permission`, …; `release` when not said. */
  type: z.string(),
  /** ISO date after which the flag should be gone. */
  expires: z.string(),
  /** Whether the flag is meant to stay (`ops`, `permission`, `kill-switch`, `config`). */
  permanent: z.boolean(),
  hasExpiry: z.boolean(),
  /** Whether `expires` lay before the time of observation. */
  expired: z.boolean(),
  /** Whether a test file names the flag and each of its variants; absent when tests read the flag file itself. */
  tested: z.boolean(),
  /** Whether the sources ask for it; absent when they ask for keys that cannot be told. */
  used: z.boolean(),
});

/** A feature-flag library among the dependencies. */
export const flagSdkSchema = listed({
  name: z.string(),
  scope: z.enum(['runtime', 'development']),
});

/** A place in the sources where a flag provider is connected. */
export const flagProviderSchema = listed({ connects: z.boolean() });

/** A page the documentation's navigation names. */
export const pageSchema = listed({
  path: z.string(),
  exists: z.boolean(),
});

/** A section of the documentation about rolling back. */
export const rollbackSchema = listed({
  title: z.string(),
  /** Whether a code block with a command is in it. */
  hasCommand: z.boolean(),
});

/** A section of the documentation about who is on call and who comes next. */
export const escalationSchema = listed({
  title: z.string(),
  /** Whether it holds text of its own. */
  hasContent: z.boolean(),
});

/** A rule of CODEOWNERS. */
export const ownerRuleSchema = listed({
  pattern: z.string(),
  owners: z.array(z.string()),
  valid: z.boolean(),
});

/** A file that decides how the service is built and checked, and whether CODEOWNERS gives it an owner. */
export const guardedFileSchema = listed({
  path: z.string(),
  owned: z.boolean(),
});

/** A command that AGENTS.md names. */
export const agentCommandSchema = listed({
  command: z.string(),
  /** Whether the script, target or file it names is there. */
  exists: z.boolean(),
});

/** A catalog entity declared in the repository. */
export const entitySchema = listed({
  kind: z.string(),
  name: z.string(),
  type: z.string(),
  owner: z.string(),
  annotations: z.record(z.string(), z.string()),
  /** Whether it has a `backstage.io/techdocs-ref`. */
  techdocs: z.boolean(),
});

/** A Kubernetes object. Charts and other templates are left out. */
export const kubernetesSchema = listed({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
});

/** A file the template manages. */
export const managedFileSchema = listed({
  path: z.string(),
  layer: z.string(),
  /** As in the drift report. */
  status: z.string(),
  /** Same content as the template gave, or waived. Absent when edited and the waivers cannot be read. */
  intact: z.boolean(),
});

export type TestFile = z.infer<typeof testFileSchema>;
export type Coverage = z.infer<typeof coverageSchema>;
export type Flag = z.infer<typeof flagSchema>;
export type FlagSdk = z.infer<typeof flagSdkSchema>;
export type FlagProvider = z.infer<typeof flagProviderSchema>;
export type Page = z.infer<typeof pageSchema>;
export type Rollback = z.infer<typeof rollbackSchema>;
export type Escalation = z.infer<typeof escalationSchema>;
export type OwnerRule = z.infer<typeof ownerRuleSchema>;
export type GuardedFile = z.infer<typeof guardedFileSchema>;
export type AgentCommand = z.infer<typeof agentCommandSchema>;
export type Entity = z.infer<typeof entitySchema>;
export type KubernetesObject = z.infer<typeof kubernetesSchema>;
export type ManagedFile = z.infer<typeof managedFileSchema>;
