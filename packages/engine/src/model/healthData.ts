import { z } from 'zod';
import { healthReportSchema, metricSchema } from './healthReport';

/** A metric without the ids behind it; `value` is left out where there is none. */
const healthDataMetricSchema = metricSchema
  .omit({ evidence: true, parts: true, objectives: true })
  .extend({ value: z.number().optional() });

/**
 * The `data` of the `health` fact: the metrics of one environment over one window.
 *
 * @public
 */
export const healthDataSchema = z.object({
  environment: healthReportSchema.shape.environment,
  window: healthReportSchema.shape.window,
  deploymentFrequency: healthDataMetricSchema.optional(),
  changeLeadTime: healthDataMetricSchema.optional(),
  changeFailRate: healthDataMetricSchema.optional(),
  failedDeploymentRecoveryTime: healthDataMetricSchema.optional(),
  deploymentReworkRate: healthDataMetricSchema.optional(),
  timeToRestore: healthDataMetricSchema.optional(),
  deliveryFailureRate: healthDataMetricSchema.optional(),
  errorBudget: healthDataMetricSchema.optional(),
  findingsPerRelease: healthDataMetricSchema.optional(),
  costPerChange: healthDataMetricSchema.optional(),
  flagStaleness: healthDataMetricSchema.optional(),
  rerunRate: healthDataMetricSchema.optional(),
  approvalWait: healthDataMetricSchema.optional(),
  toil: healthDataMetricSchema.optional(),
  offHours: healthDataMetricSchema.optional(),
  testTime: healthDataMetricSchema.optional(),
  scanTime: healthDataMetricSchema.optional(),
  aiShare: healthDataMetricSchema.optional(),
});

/** @public */
export type HealthData = z.infer<typeof healthDataSchema>;
