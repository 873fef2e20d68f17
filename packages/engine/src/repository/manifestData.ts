import { z } from 'zod';
import { listed } from './place';

/**
 * A Kubernetes object that runs pods. Where an overlay patches its pods, or a template would have to be rendered, what
 * is not safe as written is left open.
 */
export const workloadSchema = listed({
  kind: z.string(),
  name: z.string(),
  /** Whether it runs until it is stopped, unlike a job. */
  serves: z.boolean(),
  /** Whether pods get the token of their service account. */
  serviceAccountToken: z.boolean(),
  /** Whether pods use the network, processes, IPC or folders of their node. */
  hostAccess: z.boolean(),
  /** Whether a network policy of the repository selects its pods. */
  networkPolicy: z.boolean(),
  /** Whether its pods carry a label for each, those that overlays add included. */
  costCentre: z.boolean(),
  team: z.boolean(),
  environment: z.boolean(),
  /** Whether a container of it has the probe. */
  liveness: z.boolean(),
  readiness: z.boolean(),
  /** Whether a container of it waits or is told before it is stopped. */
  preStop: z.boolean(),
  /** Seconds between SIGTERM and SIGKILL; 30 when not said. */
  gracePeriodSeconds: z.number(),
});

/** A container of a workload, with the settings of its pod where it has none of its own. */
export const containerSchema = listed({
  workload: z.string(),
  name: z.string(),
  image: z.string(),
  /** Whether it runs before the others and ends. */
  init: z.boolean(),
  /** Whether it must not run as root. */
  runAsNonRoot: z.boolean(),
  privileged: z.boolean(),
  /** Whether a process may gain more rights than its parent; Kubernetes allows it when nothing is said. */
  privilegeEscalation: z.boolean(),
  /** Whether all capabilities are dropped and none but `NET_BIND_SERVICE` is added. */
  dropsCapabilities: z.boolean(),
  /** Whether a seccomp profile, of the runtime or of the node, is set. */
  seccomp: z.boolean(),
  readOnlyRootFilesystem: z.boolean(),
  cpuRequest: z.boolean(),
  /** A limit without a request counts as request, as Kubernetes has it. */
  memoryRequest: z.boolean(),
  memoryLimit: z.boolean(),
});

/** A release in steps: an Argo `Rollout`, a Flagger `Canary`, a canary step of a Harness pipeline. */
export const rolloutSchema = listed({
  kind: z.string(),
  name: z.string(),
  strategy: z.enum(['canary', 'blueGreen', 'none']),
  /** Whether part of the users get the new version first, or none before an analysis has passed. */
  progressive: z.boolean(),
  /** Whether measurements decide if it goes on; their failure aborts it. */
  analysed: z.boolean(),
  /** Names of the analysis templates it uses. */
  templates: z.array(z.string()),
});

/** An `AnalysisTemplate` or `ClusterAnalysisTemplate` of Argo Rollouts, or a `MetricTemplate` of Flagger. */
export const analysisTemplateSchema = listed({
  kind: z.string(),
  name: z.string(),
  /** Whether a test names it or its file, or a promtool test evaluates what its queries read. */
  tested: z.boolean(),
});

/** A measurement that decides on a release. */
export const analysisMetricSchema = listed({
  template: z.string(),
  name: z.string(),
  provider: z.string(),
  query: z.string(),
  /** Whether the query is valid PromQL; absent for other providers. */
  parses: z.boolean(),
  /** Whether it, or another metric of the template, sees to it that no traffic does not pass. */
  guarded: z.boolean(),
  /** Whether failures can end it: fewer are allowed than measurements are taken. */
  limited: z.boolean(),
  /** Whether it measures within each pause of the rollouts that use it, and ends where they wait for it. */
  fits: z.boolean(),
});

export type Workload = z.infer<typeof workloadSchema>;
export type Container = z.infer<typeof containerSchema>;
export type Rollout = z.infer<typeof rolloutSchema>;
export type AnalysisTemplate = z.infer<typeof analysisTemplateSchema>;
export type AnalysisMetric = z.infer<typeof analysisMetricSchema>;
