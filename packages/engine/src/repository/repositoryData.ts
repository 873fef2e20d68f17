import { z } from 'zod';
import { serviceFileSchema } from '../model';
import { apiSchema } from './apiData';
import {
  dockerfileRuleSchema,
  dockerfileSchema,
  imageSchema,
} from './dockerfileData';
import {
  analysisMetricSchema,
  analysisTemplateSchema,
  containerSchema,
  rolloutSchema,
  workloadSchema,
} from './manifestData';
import {
  cooldownSchema,
  dependencySchema,
  ecosystemSchema,
  manifestSchema,
  scriptSchema,
} from './packageData';
import {
  actionSchema,
  checkoutSchema,
  expressionSchema,
  installSchema,
  jobSchema,
  permissionSchema,
  pipelineSchema,
  privilegedTriggerSchema,
  runSchema,
  scanSchema,
  secretUseSchema,
  workflowSchema,
} from './pipelineData';
import {
  agentConfigSchema,
  agentStepSchema,
  requestTemplateSchema,
} from './agentData';
import { deploySchema, imageBuildSchema } from './deployData';
import { placeSchema } from './place';
import { problemSchema } from './problem';
import {
  flagUseSchema,
  healthEndpointSchema,
  httpClientSchema,
  retrySchema,
  shutdownHandlerSchema,
  telemetryResourceSchema,
  telemetryStartSchema,
} from './runtimeData';
import { prometheusRuleSchema, ruleTestSchema, sloSchema } from './sloData';
import {
  attestationSchema,
  cacheUseSchema,
  cloudLoginSchema,
  publishSchema,
} from './supplyChainData';
import {
  agentCommandSchema,
  coverageSchema,
  entitySchema,
  escalationSchema,
  flagProviderSchema,
  flagSchema,
  flagSdkSchema,
  guardedFileSchema,
  kubernetesSchema,
  managedFileSchema,
  ownerRuleSchema,
  pageSchema,
  rollbackSchema,
  testFileSchema,
} from './sourceData';

const fileStatus = z.object({
  present: z.boolean(),
  valid: z.boolean(),
  /** What is wrong with it, with file, line and field. */
  problem: z.string().optional(),
});

/** Most entries of one list; a repository with more is described as far as that. */
export const MAX_LIST = 5_000;

const list = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .max(MAX_LIST + 1)
    .optional();

/**
 * The `data` of the `repository` fact: what the files of one commit say, without running anything.
 *
 * Three things are kept apart. What a file says is a value. What no file says is a value too: an empty list, or false.
 * What a file says that cannot be read is missing: an element with `unreadable: true` and nothing but its place stands
 * in each list it would have added to, or the field itself is absent. A check over the fact is `unknown` then, unless
 * something else already decides it. `problems` names each such file.
 *
 * @public
 */
export const repositoryDataSchema = z.object({
  /** Commit the files are of; `null` for a folder under no version control. */
  commit: z.string().nullable(),
  /** Set when the list of files was cut off: everything but `files` and `problems` is then absent. */
  truncated: z.boolean(),
  /** Paths, sorted. */
  files: z.array(z.string()),
  problems: z.array(problemSchema),

  /** Pipelines of all CI systems. */
  pipelines: list(pipelineSchema),
  /** GitHub workflow files. */
  workflows: list(workflowSchema),
  /** Jobs of GitHub workflows. */
  jobs: list(jobSchema),
  /** Everything GitHub workflows and the local actions they call use, container images included. */
  actions: list(actionSchema),
  checkouts: list(checkoutSchema),
  permissions: list(permissionSchema),
  privilegedTriggers: list(privilegedTriggerSchema),
  /** Expressions inside of scripts. */
  expressions: list(expressionSchema),
  secrets: list(secretUseSchema),
  /** Commands that pipelines run. */
  runs: list(runSchema),
  /** Security steps of pipelines. */
  scans: list(scanSchema),
  /** Installations of dependencies, in pipelines and Dockerfiles. */
  installs: list(installSchema),

  /** Jobs that deploy. */
  deploys: list(deploySchema),
  /** Builds of images in GitHub workflows. */
  imageBuilds: list(imageBuildSchema),
  /** Steps of GitHub workflows that publish something. */
  publishes: list(publishSchema),
  /** Steps of pipelines that make an SBOM or state where an artifact came from. */
  attestations: list(attestationSchema),
  /** Caches that publishing jobs read, and remote caches of build tools. */
  cacheUses: list(cacheUseSchema),
  /** Logins of GitHub workflows to clouds and package registries. */
  cloudLogins: list(cloudLoginSchema),
  /** Steps of GitHub workflows that run a coding agent or a language model. */
  agentSteps: list(agentStepSchema),

  images: list(imageSchema),
  dockerfiles: list(dockerfileSchema),
  dockerfileRules: list(dockerfileRuleSchema),
  kubernetes: list(kubernetesSchema),
  /** Kubernetes objects that run pods, and their containers. */
  workloads: list(workloadSchema),
  containers: list(containerSchema),
  /** Releases in steps, and the measurements that decide on them. */
  rollouts: list(rolloutSchema),
  analysisTemplates: list(analysisTemplateSchema),
  analysisMetrics: list(analysisMetricSchema),

  /** Service level objectives, Prometheus rules and promtool's tests of them. */
  slos: list(sloSchema),
  prometheusRules: list(prometheusRuleSchema),
  ruleTests: list(ruleTestSchema),
  /** OpenAPI documents. */
  apis: list(apiSchema),
  /** OpenTelemetry in sources, scripts, images and manifests. */
  telemetry: z
    .object({
      starts: z.array(telemetryStartSchema),
      resources: z.array(telemetryResourceSchema),
    })
    .optional(),
  lifecycle: z
    .object({
      shutdownHandlers: z.array(shutdownHandlerSchema),
      healthEndpoints: z.array(healthEndpointSchema),
    })
    .optional(),
  resilience: z
    .object({
      clients: z.array(httpClientSchema),
      retries: z.array(retrySchema),
    })
    .optional(),

  manifests: list(manifestSchema),
  dependencies: list(dependencySchema),
  /** Scripts of `package.json` files. */
  scripts: list(scriptSchema),
  cooldowns: list(cooldownSchema),
  ecosystems: list(ecosystemSchema),

  tests: list(testFileSchema),
  coverage: list(coverageSchema),
  flags: z
    .object({
      files: z.array(z.string()),
      declared: z.array(flagSchema),
      /** Flags the sources ask an OpenFeature client for. */
      used: z.array(flagUseSchema).optional(),
      sdks: z.array(flagSdkSchema),
      providers: z.array(flagProviderSchema),
    })
    .optional(),

  codeowners: z
    .object({
      present: z.boolean(),
      file: z.string().optional(),
      rules: z.array(ownerRuleSchema),
      guarded: z.array(guardedFileSchema),
    })
    .optional(),
  /** `AGENTS.md` at the root. */
  agents: z
    .object({
      present: z.boolean(),
      file: z.string(),
      /** In bytes. */
      size: z.number().int().optional(),
      commands: z.array(agentCommandSchema),
      /** Places that look like a credential. */
      secrets: z.array(placeSchema).optional(),
      /** Files that point other tools to it. */
      pointers: z.array(z.string()),
    })
    .optional(),
  /** Files that steer coding agents. */
  agentConfigs: list(agentConfigSchema),
  /** Templates for descriptions of pull or merge requests. */
  requestTemplates: list(requestTemplateSchema),
  docs: z
    .object({
      mkdocs: z.boolean().optional(),
      index: z.boolean(),
      pages: z.array(pageSchema),
      runbook: z.boolean(),
      rollback: z.array(rollbackSchema),
      escalation: z.array(escalationSchema),
      readme: z.boolean(),
    })
    .optional(),
  /** Files a project has for those who meet it, not empty. */
  community: z
    .object({
      securityPolicy: z.boolean(),
      license: z.boolean(),
      contributing: z.boolean(),
      pullRequestTemplate: z.boolean(),
    })
    .optional(),
  /** Catalog entities. */
  entities: list(entitySchema),

  /** `golden-path.yaml`. */
  serviceFile: fileStatus
    .extend({ values: serviceFileSchema.optional() })
    .optional(),
  /** `.golden-path.lock.yaml`. */
  lock: fileStatus
    .extend({
      layers: z
        .array(
          z.object({
            id: z.string(),
            template: z.string(),
            version: z.string(),
            /** `''` when the template was under no version control. */
            commit: z.string(),
          }),
        )
        .optional(),
      managed: z.array(managedFileSchema).optional(),
    })
    .optional(),
});

/** @public */
export type RepositoryData = z.infer<typeof repositoryDataSchema>;
