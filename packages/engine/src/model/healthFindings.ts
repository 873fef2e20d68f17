import { z } from 'zod';
import { metricStatusSchema } from './metricStatus';

const intervalSchema = z.object({ low: z.number(), high: z.number() });
const evidence = z.array(z.string());

/**
 * DORA's Quick Check: each measured value put into its answer class and scored 0 to 10; what has no value is left out of
 * the means, never scored as best or worst.
 *
 * @public
 */
export const quickCheckSchema = z.object({
  scores: z.object({
    changeLeadTime: z.number().nullable(),
    deploymentFrequency: z.number().nullable(),
    failedDeploymentRecoveryTime: z.number().nullable(),
    changeFailRate: z.number().nullable(),
    deploymentReworkRate: z.number().nullable(),
  }),
  /** Means of the scores there are; null without one. */
  throughput: z.number().nullable(),
  stability: z.number().nullable(),
  overall: z.number().nullable(),
  /** How many of the five are known. */
  known: z.number().int(),
});

/** A metric over one earlier window. @public */
export const trendPointSchema = z.object({
  from: z.string(),
  to: z.string(),
  status: metricStatusSchema,
  value: z.number().nullable(),
  n: z.number().int(),
});

/**
 * An observation that its own history does not explain.
 *
 * @public
 */
export const anomalySchema = z.object({
  /** Stable over runs: made of entity, environment, metric and when it began. */
  id: z.string(),
  metric: z.string(),
  method: z.enum([
    'modified-z',
    'poisson-tail',
    'binomial-tail',
    'ewma',
    'cusum',
  ]),
  /** Start of the window it was first seen in. */
  at: z.string(),
  /** End of that window. */
  until: z.string().optional(),
  direction: z.enum(['higher', 'lower']),
  /** Whether the direction is the bad one of the metric. */
  worse: z.boolean(),
  observed: z.number(),
  expected: z.number(),
  unit: z.enum(['per-day', 'seconds', 'ratio', 'count', 'currency']),
  /** One-sided, where the method has one; after Benjamini and Hochberg over the metrics of the entity. */
  pValue: z.number().optional(),
  /** The statistic of the method, such as the modified z. */
  statistic: z.number().optional(),
  /** Points of history it was judged by. */
  n: z.number().int(),
  message: z.string(),
  evidence,
  acknowledged: z
    .object({ by: z.string(), at: z.string(), reason: z.string() })
    .optional(),
});

const armSchema = z.object({
  events: z.number().int(),
  n: z.number().int(),
});

/**
 * Outcomes of deployments that ship a change with disclosed AI assistance against the others: per deployment, never per
 * person.
 *
 * @public
 */
export const aiOutcomesSchema = z.object({
  status: metricStatusSchema,
  /** Deployments with at least one disclosed change, and without. */
  exposed: z.number().int(),
  unexposed: z.number().int(),
  comparisons: z.array(
    z.object({
      outcome: z.enum(['changeFail', 'rework', 'slowRecovery', 'newFinding']),
      status: metricStatusSchema,
      exposed: armSchema,
      unexposed: armSchema,
      /** Exposed minus unexposed, with Newcombe's hybrid score interval at 95 %. */
      difference: z.number().nullable(),
      interval: intervalSchema.optional(),
      /** Fisher's exact test, two-sided. */
      pValue: z.number().optional(),
      /** P(exposed worse) with Beta(0.5, 0.5) priors. */
      probabilityWorse: z.number().optional(),
      /** Mantel-Haenszel risk difference over three strata of change size. */
      stratified: z
        .object({ difference: z.number(), interval: intervalSchema })
        .optional(),
      verdict: z.enum(['worse', 'better', 'no-difference-shown', 'too-few']),
      /** Deployments still needed per arm to see a doubling, at 80 % power. */
      needed: z.number().int().optional(),
      message: z.string(),
      evidence,
    }),
  ),
  note: z.string().optional(),
});

/**
 * Whether change volume outgrew what comes after the code: log(volume now / baseline) minus log(capacity now / baseline)
 * of the slowest stage. Above 0 the stage gives way.
 *
 * @public
 */
export const paradoxSchema = z.object({
  status: metricStatusSchema,
  index: z.number().nullable(),
  /** Bootstrap interval at 95 %. */
  interval: intervalSchema.optional(),
  /** Changes per day. */
  volume: z
    .object({ now: z.number(), baseline: z.number(), evidence })
    .optional(),
  stages: z.array(
    z.object({
      stage: z.enum(['test', 'security', 'deploy', 'recover']),
      status: metricStatusSchema,
      /** Work finished per day at the pace of the stage: higher is better. */
      now: z.number().nullable(),
      baseline: z.number().nullable(),
      /** log(now / baseline). */
      change: z.number().nullable(),
      note: z.string().optional(),
      evidence,
    }),
  ),
  /** The stage that gives way; only with status `ok` and an interval above 0. */
  weakest: z.enum(['test', 'security', 'deploy', 'recover']).optional(),
  message: z.string(),
});

/** @public */
export type QuickCheck = z.infer<typeof quickCheckSchema>;
/** @public */
export type TrendPoint = z.infer<typeof trendPointSchema>;
/** @public */
export type Anomaly = z.infer<typeof anomalySchema>;
/** @public */
export type AiOutcomes = z.infer<typeof aiOutcomesSchema>;
/** @public */
export type Paradox = z.infer<typeof paradoxSchema>;
