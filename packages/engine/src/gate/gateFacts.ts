import { z } from 'zod';
import {
  driftReportSchema,
  driftStatusSchema,
  metricStatusSchema,
  objectiveBudgetSchema,
  verdictSchema,
} from '../model';

const count = z.number().int().nonnegative();

const gateCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  level: z.string(),
  verdict: verdictSchema,
});

/**
 * What a gate decides from. Each fact may be absent: then nobody knows it, and a rule that needs it says `unknown`.
 *
 * @public
 */
export const gateFactsSchema = z.object({
  errorBudget: z
    .object({
      status: metricStatusSchema,
      objectives: z.array(objectiveBudgetSchema).default([]),
      note: z.string().optional(),
      /** Ids of delivery events. */
      evidence: z.array(z.string()).default([]),
    })
    .optional(),
  /** Open incidents; with a status of `not-instrumented` or `stale` nobody would know of one. */
  incidents: z
    .object({
      status: metricStatusSchema,
      open: z.array(z.object({ id: z.string(), seconds: z.number() })),
      note: z.string().optional(),
    })
    .optional(),
  /** Where the entity stands on each golden path, with its enforced checks. */
  scorecards: z
    .array(
      z.object({
        path: z.string(),
        levels: z.array(z.string()),
        level: z.string().nullable(),
        evaluatedAt: z.string(),
        checks: z.array(gateCheckSchema),
      }),
    )
    .optional(),
  drift: z
    .object({
      status: driftReportSchema.shape.status,
      reason: z.string().optional(),
      observedAt: z.string(),
      /** Managed files that differ from what the template made, however many of them are named. */
      total: count,
      files: z.array(z.object({ path: z.string(), status: driftStatusSchema })),
    })
    .optional(),
  /** The last deployment that succeeded in the environment; null when there never was one. */
  lastDeployment: z
    .object({ id: z.string(), at: z.string() })
    .nullable()
    .optional(),
  /** 1 is the most critical. */
  tier: z.number().int().min(1).max(4).optional(),
  /** What the entity depends on, one step up the catalog graph. */
  dependencies: z
    .array(
      z.object({
        entityRef: z.string(),
        /** The least of its objectives; null when it is not known. */
        remaining: z.number().nullable(),
        status: metricStatusSchema,
        measuredAt: z.string().optional(),
        note: z.string().optional(),
      }),
    )
    .optional(),
});

/** @public */
export type GateFacts = z.infer<typeof gateFactsSchema>;
/** @public */
export type GateCheck = z.infer<typeof gateCheckSchema>;
/** @public */
export type GateScorecard = NonNullable<GateFacts['scorecards']>[number];
