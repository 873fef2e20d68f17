import { z } from 'zod';
import { listed } from './place';

/** A service level objective of an OpenSLO or Sloth file. */
export const sloSchema = listed({
  format: z.enum(['openslo', 'sloth']),
  name: z.string(),
  service: z.string(),
  /** Share of good events, 0..1; of the first objective when there are several. */
  objective: z.number(),
  /** What it is about, judged by its name and then by its queries. */
  kind: z.enum(['availability', 'latency', 'other']),
  /** Whether it names an owner, or its service is a component with one in the catalog file. */
  hasOwner: z.boolean(),
  /** Whether its PromQL queries are valid; absent without any. */
  parses: z.boolean(),
});

/** A recording or alerting rule of Prometheus. */
export const prometheusRuleSchema = listed({
  kind: z.enum(['alert', 'record']),
  name: z.string(),
  /** Whether its expression is valid PromQL. */
  parses: z.boolean(),
});

/** A file of unit tests for `promtool test rules`. */
export const ruleTestSchema = listed({
  /** Whether it expects an alert or the value of an expression. */
  hasCases: z.boolean(),
  /** Whether the rule files it names are in the repository; absent when a pipeline may make them. */
  rulesExist: z.boolean(),
  /** Series and alerts that its expectations read. */
  evaluates: z.array(z.string()),
});

export type Slo = z.infer<typeof sloSchema>;
export type PrometheusRule = z.infer<typeof prometheusRuleSchema>;
export type RuleTest = z.infer<typeof ruleTestSchema>;
