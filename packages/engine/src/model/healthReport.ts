import { z } from 'zod';

/**
 * `ok` is the only status that carries a judgement; the others say why there is none.
 *
 * @public
 */
export const metricStatusSchema = z.enum([
  'ok',
  'insufficient',
  'no-data',
  'not-instrumented',
  'stale',
]);

/**
 * Durations are in seconds, rates are 0 to 1, frequencies are per day. Rounding is for screens.
 *
 * @public
 */
export const metricSchema = z.object({
  status: metricStatusSchema,
  value: z.number().nullable(),
  unit: z.enum(['per-day', 'seconds', 'ratio', 'count']),
  n: z.number().int().nonnegative(),
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  /** Wilson score interval at 95 % for rates. */
  interval: z.object({ low: z.number(), high: z.number() }).optional(),
  quantiles: z
    .object({ p50: z.number(), p75: z.number(), p90: z.number() })
    .optional(),
  band: z.enum(['elite', 'high', 'medium', 'low']).optional(),
  /** Deployments younger than the attribution window: in neither numerator nor denominator. */
  pending: z.number().int().nonnegative().optional(),
  /** Failures not yet recovered from, with the seconds they have lasted so far. */
  open: z.array(z.object({ id: z.string(), seconds: z.number() })).optional(),
  /** Days with a deployment per complete week, median. */
  deployDaysPerWeek: z.number().nullable().optional(),
  /** Mean, where one is customary beside the median. */
  mean: z.number().optional(),
  /** Deployments held to have failed for a link in time alone. */
  suspected: z.number().int().nonnegative().optional(),
  /** The failed deployments behind the number, each with what links the failure to it, strongest first. */
  failures: z
    .array(
      z.object({
        deploymentId: z.string(),
        links: z.array(
          z.object({
            kind: z.enum([
              'explicit',
              'failed-rollout',
              'rolled-back',
              'repaired',
              'budget',
              'time-only',
            ]),
            confidence: z.enum(['confirmed', 'suspected']),
            evidence: z.array(z.string()),
          }),
        ),
      }),
    )
    .optional(),
  /** Median seconds of the stages of a duration; `null` where no span of the stage is known. */
  stages: z.record(z.string(), z.number().nullable()).optional(),
  /** Deployments that failed before they reached the environment, of all that succeeded or failed. */
  deliveryFailures: z
    .object({
      numerator: z.number().int().nonnegative(),
      denominator: z.number().int().nonnegative(),
    })
    .optional(),
  note: z.string().optional(),
  /** Ids of the events the number rests on. */
  evidence: z.array(z.string()),
});

/** @public */
export const healthMetricNameSchema = z.enum([
  'deploymentFrequency',
  'changeLeadTime',
  'changeFailRate',
  'failedDeploymentRecoveryTime',
  'deploymentReworkRate',
  'timeToRestore',
]);

/**
 * Downstream health of one entity in one environment over a half-open window `[from, to)`.
 *
 * @public
 */
export const healthReportSchema = z.object({
  entityRef: z.string(),
  environment: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  metrics: z.record(healthMetricNameSchema, metricSchema),
});

/** @public */
export type MetricStatus = z.infer<typeof metricStatusSchema>;
/** @public */
export type Metric = z.infer<typeof metricSchema>;
/** @public */
export type HealthMetricName = z.infer<typeof healthMetricNameSchema>;
/** @public */
export type HealthReport = z.infer<typeof healthReportSchema>;
