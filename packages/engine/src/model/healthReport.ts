import { z } from 'zod';
import {
  aiOutcomesSchema,
  anomalySchema,
  paradoxSchema,
  quickCheckSchema,
  trendPointSchema,
} from './healthFindings';
import { metricStatusSchema } from './metricStatus';

/**
 * A number inside a metric. `value` is null where nothing is known, which is never 0.
 *
 * @public
 */
export const metricPartSchema = z.object({
  /** Stable, such as `critical`, `retries`, `ci`. */
  name: z.string(),
  value: z.number().nullable(),
  unit: z.enum(['per-day', 'seconds', 'ratio', 'count', 'currency']),
  n: z.number().int().nonnegative().optional(),
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  interval: z.object({ low: z.number(), high: z.number() }).optional(),
  /** The number is worked out from an assumption, such as minutes per manual step. */
  estimate: z.boolean().optional(),
  note: z.string().optional(),
  evidence: z.array(z.string()).default([]),
});

/**
 * How one service level objective stands, by the arithmetic of the SRE workbook, chapter 5.
 *
 * @public
 */
export const objectiveBudgetSchema = z.object({
  name: z.string(),
  /** Promised share of good events, 0..1. */
  target: z.number(),
  periodDays: z.number(),
  method: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
  measuredAt: z.string(),
  status: metricStatusSchema,
  /** Bad events of valid ones over the period; null without traffic. */
  errorRate: z.number().nullable(),
  /** Share of the budget that is used up, and what is left of it (below 0: overdrawn). */
  consumed: z.number().nullable(),
  remaining: z.number().nullable(),
  /** Hours until the budget is used up at the burn rate of the last hour; null when it is not burning, 0 when it is gone. */
  hoursLeft: z.number().nullable(),
  /** Burn rate per window; null without traffic. */
  burnRates: z.array(
    z.object({
      seconds: z.number(),
      burnRate: z.number().nullable(),
      bad: z.number().optional(),
      valid: z.number().optional(),
    }),
  ),
  alerts: z.array(
    z.object({
      severity: z.enum(['page', 'ticket']),
      longSeconds: z.number(),
      shortSeconds: z.number(),
      threshold: z.number(),
      /** Share of the budget that is used when the alert fires. */
      budgetShare: z.number(),
      state: z.enum([
        'quiet',
        'firing',
        'no-traffic',
        'low-traffic',
        'unreachable',
        'unknown',
      ]),
    }),
  ),
  /** What is left of the budget over time, oldest first, as measured then. */
  burnDown: z
    .array(z.object({ at: z.string(), remaining: z.number() }))
    .optional(),
  url: z.string().optional(),
  note: z.string().optional(),
});

/**
 * Durations are in seconds, rates are 0 to 1, frequencies are per day. Rounding is for screens.
 *
 * @public
 */
export const metricSchema = z.object({
  status: metricStatusSchema,
  value: z.number().nullable(),
  /** `currency` goes with the metric's own `currency`; `count` of findings per release may be a fraction. */
  unit: z.enum(['per-day', 'seconds', 'ratio', 'count', 'currency']),
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
  /** ISO 4217 code, with unit `currency`. */
  currency: z.string().optional(),
  /** What the number is made of or goes beside it, such as a severity, a kind of toil or a line of cost. */
  parts: z.array(metricPartSchema).optional(),
  /** The objectives behind an error budget. */
  objectives: z.array(objectiveBudgetSchema).optional(),
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
  'deliveryFailureRate',
  'errorBudget',
  'findingsPerRelease',
  'costPerChange',
  'flagStaleness',
  'rerunRate',
  'approvalWait',
  'toil',
  'offHours',
  'testTime',
  'scanTime',
  'aiShare',
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
  /** The ladder the bands are read from: of the State of DevOps report of that year. */
  ladder: z.enum(['2023', '2021']).optional(),
  metrics: z.record(healthMetricNameSchema, metricSchema),
  quickCheck: quickCheckSchema.optional(),
  aiOutcomes: aiOutcomesSchema.optional(),
  paradox: paradoxSchema.optional(),
  trends: z
    .partialRecord(healthMetricNameSchema, z.array(trendPointSchema))
    .optional(),
  anomalies: z.array(anomalySchema).optional(),
});

/** @public */
export type Metric = z.infer<typeof metricSchema>;
/** @public */
export type HealthMetricName = z.infer<typeof healthMetricNameSchema>;
/** @public */
export type MetricPart = z.infer<typeof metricPartSchema>;
/** @public */
export type ObjectiveBudget = z.infer<typeof objectiveBudgetSchema>;
/** @public */
export type HealthReport = z.infer<typeof healthReportSchema>;
