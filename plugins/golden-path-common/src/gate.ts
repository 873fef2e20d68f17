import {
  gateDecisionSchema,
  gatePolicySchema,
  gateVerdictSchema,
} from '@goldenpath/engine';
import { z } from 'zod';

/** `GET /v1/decisions?entityRef=&verdict=&limit=&cursor=`, newest first. @public */
export const decisionsResponseSchema = z.object({
  items: z.array(gateDecisionSchema),
  nextCursor: z.string().optional(),
});

/** `POST /v1/decisions/{id}/override`. @public */
export const overrideDecisionSchema = z.strictObject({
  reason: z.string().min(10, 'Say why, in 10 characters or more').max(1_000),
  /** How long it holds; at most what the policy allows. */
  hours: z
    .number()
    .positive()
    .max(24 * 366),
});

const rateSchema = z.object({
  /** null with a denominator of 0, which is no data and not 0 %. */
  value: z.number().nullable(),
  numerator: z.number().int(),
  denominator: z.number().int(),
  interval: z.object({ low: z.number(), high: z.number() }).optional(),
});

/** `GET /v1/gate/accuracy?entityRef=&days=`: the gate judged by what happened. @public */
export const gateAccuracySchema = z.object({
  window: z.object({ from: z.string(), to: z.string() }),
  decisions: z.number().int(),
  byVerdict: z.record(gateVerdictSchema, z.number().int()),
  overridden: z.number().int(),
  exempted: z.number().int(),
  /** Deployments that went ahead, by what they were told and how they ended. */
  outcomes: z.array(
    z.object({
      verdict: gateVerdictSchema,
      failed: z.number().int(),
      succeeded: z.number().int(),
      notDeployed: z.number().int(),
      pending: z.number().int(),
    }),
  ),
  /** Of the deployments that went ahead against a block or warning, the share that failed. */
  precision: rateSchema,
  /** Of the deployments that failed, the share that had been warned of or blocked. */
  recall: rateSchema,
});

/** `POST /v1/gate/replay`: what a changed policy would have decided. @public */
export const gateReplayRequestSchema = z.strictObject({
  policy: gatePolicySchema,
  /** Only the entities of this path, or only this one. */
  path: z.string().optional(),
  entityRef: z.string().optional(),
  days: z.int().min(1).max(180).default(90),
});

/** @public */
export const gateReplaySchema = z.object({
  window: z.object({ from: z.string(), to: z.string() }),
  decisions: z.number().int(),
  changed: z.array(
    z.object({
      decisionId: z.string(),
      entityRef: z.string(),
      at: z.string(),
      before: gateVerdictSchema,
      after: gateVerdictSchema,
      /** The rule that makes the difference. */
      reason: z.string(),
      result: z.enum(['failed', 'succeeded', 'not-deployed', 'pending']),
    }),
  ),
  /** Failures that would have been stopped, and deployments that did well and would have been stopped, then and now. */
  before: z.object({
    stoppedFailures: z.number().int(),
    stoppedSuccesses: z.number().int(),
    missedFailures: z.number().int(),
  }),
  after: z.object({
    stoppedFailures: z.number().int(),
    stoppedSuccesses: z.number().int(),
    missedFailures: z.number().int(),
  }),
  note: z.string().optional(),
});

/** @public */
export type DecisionsResponse = z.infer<typeof decisionsResponseSchema>;
/** @public */
export type OverrideDecision = z.infer<typeof overrideDecisionSchema>;
/** @public */
export type GateAccuracy = z.infer<typeof gateAccuracySchema>;
/** @public */
export type GateReplayRequest = z.infer<typeof gateReplayRequestSchema>;
/** @public */
export type GateReplay = z.infer<typeof gateReplaySchema>;
