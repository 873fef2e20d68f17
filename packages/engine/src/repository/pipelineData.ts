import { z } from 'zod';
import { listed } from './place';

/** When something runs. A field is absent where the files do not tell. */
export const triggersSchema = z.object({
  /** On changes proposed for merging, without privileges. */
  pullRequest: z.boolean(),
  /** On commits of `main` or `master`. */
  defaultBranch: z.boolean(),
  /** On a timetable. */
  schedule: z.boolean(),
});

const triggers = triggersSchema.shape;

/** False when a failure is swallowed (`continue-on-error`, `|| true`); absent when that depends. */
const gate = z.boolean();

/** A pipeline definition of any CI system. */
export const pipelineSchema = listed({
  ...triggers,
  system: z.string(),
  name: z.string(),
  /** Whether a job runs commands or hands over to a reusable workflow. */
  builds: z.boolean(),
  /** Of GitLab: builds a commit twice, for its branch and for the merge request. Absent when rules leave it open. */
  buildsTwice: z.boolean(),
});

/** Something a GitHub workflow uses from elsewhere, or from its own repository (`local`). */
export const actionSchema = listed({
  uses: z.string(),
  kind: z.enum(['action', 'workflow', 'docker', 'local']),
  /** `owner/repository/path` without the ref, or the image. */
  name: z.string(),
  ref: z.string(),
  local: z.boolean(),
  /** By full commit hash, image digest, or by being part of the repository. */
  pinned: z.boolean(),
  /** Listed with a commit in `.github/workflows/actions.lock`. */
  locked: z.boolean(),
  /** Comment after the reference, usually the version. */
  comment: z.string(),
  /** Runs on a Node.js release that GitHub has retired. Absent for actions and versions not known. */
  retiredRuntime: z.boolean(),
  /** The version in the comment is the one of the commit. Absent when neither is known; true without a version. */
  commentTrue: z.boolean(),
  /** Ids of advisories the version or commit falls under. */
  advisories: z.array(z.string()),
  /** What it fetches in turn is fixed too: no image or action by a tag. Absent for actions not known. */
  fixedInside: z.boolean(),
});

/** A GitHub workflow file. */
export const workflowSchema = listed({
  ...triggers,
  name: z.string(),
  /** Event names under `on`. */
  events: z.array(z.string()),
  uses: z.array(actionSchema),
  /** Builds a commit twice: when its branch is pushed and again for the pull request. Absent when conditions decide. */
  buildsTwice: z.boolean(),
});

/** A job of a GitHub workflow. */
export const jobSchema = listed({
  ...triggers,
  id: z.string(),
  /** As reported by GitHub: `name`, else the id. Absent for a call, whose jobs report under names of their own. */
  name: z.string(),
  /** Whether the job is a call of a reusable workflow. */
  reusable: z.boolean(),
  /** `timeout-minutes` under GitHub's own limit of 360, or an expression. */
  hasTimeout: z.boolean(),
  /** Runs under a `concurrency` group of its own, of its workflow, or of all callers. */
  concurrency: z.boolean(),
  /** Whether a command of it installs dependencies. */
  installs: z.boolean(),
  /** Whether a dependency cache is kept. */
  cached: z.boolean(),
});

/** A use of `actions/checkout`. */
export const checkoutSchema = listed({
  persistCredentials: z.boolean(),
  ref: z.string(),
});

/** Rights of the workflow token, for a whole workflow or one job of it. */
export const permissionSchema = listed({
  job: z.string(),
  /** For a workflow: not declared, or any write. For a job: `write-all`. */
  broad: z.boolean(),
  write: z.array(z.string()),
});

/** An event that starts a workflow with secrets and a write token although outsiders can cause it. */
export const privilegedTriggerSchema = listed({
  event: z.string(),
  /** Whether a job of the workflow checks out code of the pull request. */
  runsForeignCode: z.boolean(),
});

/** An expression inside a script. */
export const expressionSchema = listed({
  expression: z.string(),
  /** Whether outsiders choose its value. */
  untrusted: z.boolean(),
});

/** A use of secrets in a workflow. */
export const secretUseSchema = listed({
  /** The name, `*` for all of them. */
  name: z.string(),
  /** `secrets: inherit`. */
  inherit: z.boolean(),
  /** All secrets at once, as `toJSON(secrets)`. */
  whole: z.boolean(),
});

/** A command a pipeline runs, found through package scripts, make targets and shell files too. */
export const runSchema = listed({
  ...triggers,
  gate,
  command: z.string(),
  /** What it is for: `test`, `install`, `sca`, `sast`, `secrets`, `sbom`, `provenance`, `api-lint`, `api-test`, `rules-test`, `budget-gate`, `revert`, …. */
  does: z.array(z.string()),
});

/** A security step of a pipeline, from a command or an action. */
export const scanSchema = listed({
  ...triggers,
  gate,
  kind: z.enum(['sca', 'sast', 'secrets', 'sbom', 'provenance']),
  tool: z.string(),
});

/** An installation of dependencies in a pipeline or an image build. */
export const installSchema = listed({
  command: z.string(),
  /** Whether it installs exactly what the lockfile says, or fails. */
  frozen: z.boolean(),
});

export type Triggers = Partial<z.infer<typeof triggersSchema>>;
export type Pipeline = z.infer<typeof pipelineSchema>;
export type Action = z.infer<typeof actionSchema>;
export type WorkflowData = z.infer<typeof workflowSchema>;
export type JobData = z.infer<typeof jobSchema>;
export type Checkout = z.infer<typeof checkoutSchema>;
export type Permission = z.infer<typeof permissionSchema>;
export type PrivilegedTrigger = z.infer<typeof privilegedTriggerSchema>;
export type ScriptExpression = z.infer<typeof expressionSchema>;
export type SecretUse = z.infer<typeof secretUseSchema>;
export type Run = z.infer<typeof runSchema>;
export type Scan = z.infer<typeof scanSchema>;
export type ScanKind = NonNullable<Scan['kind']>;
export type Install = z.infer<typeof installSchema>;
