import {
  anomalySchema,
  healthMetricNameSchema,
  healthReportSchema,
  metricSchema,
} from '@goldenpath/engine';
import { z } from 'zod';

/** `GET .../health?environment=&from=&to=`. @public */
export const healthResponseSchema = healthReportSchema.extend({
  /** When it was computed; events that came later are not in it. */
  computedAt: z.string().optional(),
  /** Environments that deployments or incidents were reported from. */
  environments: z.array(z.string()).optional(),
});

/** Something on the time line of an entity. @public */
export const timelineItemSchema = z.object({
  id: z.string(),
  kind: z.enum(['deployment', 'incident', 'flag', 'scan', 'gate', 'anomaly']),
  at: z.string(),
  /** For what lasts, such as an incident; absent while it lasts. */
  until: z.string().optional(),
  title: z.string(),
  /** How it ended; `suspected`: held to have failed for a link in time alone. */
  outcome: z
    .enum([
      'succeeded',
      'failed',
      'rolled-back',
      'suspected',
      'cancelled',
      'open',
      'resolved',
      'allow',
      'warn',
      'block',
      'unknown',
    ])
    .optional(),
  deploymentId: z.string().optional(),
  sha: z.string().optional(),
  /** Changes shipped; absent when nobody said. */
  changes: z.number().int().optional(),
  /** Those with disclosed AI assistance. */
  aiAssisted: z.number().int().optional(),
  /** New findings, of a scanned release; absent for one that was not scanned. */
  newFindings: z.number().int().optional(),
  /** Incidents that are put down to a deployment, or the deployment an incident is put down to. */
  linked: z.array(z.string()).optional(),
  url: z.string().optional(),
  /** Ids of delivery events. */
  evidence: z.array(z.string()),
});

/** `GET .../timeline?environment=&from=&to=`, oldest first. @public */
export const timelineResponseSchema = z.object({
  entityRef: z.string(),
  environment: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  items: z.array(timelineItemSchema),
});

/** Pooled health of the entities of one owner or system: counts are added, rates are never averaged. @public */
export const healthRollupSchema = z.object({
  /** The owner's or system's reference; null for entities without one. */
  group: z.string().nullable(),
  entities: z.number().int(),
  /** Entities with a deployment source. */
  instrumented: z.number().int(),
  metrics: z.partialRecord(healthMetricNameSchema, metricSchema),
  /** Entities with an open anomaly that is for the worse. */
  anomalies: z.number().int(),
});

/** `GET /v1/health?groupBy=owner|system&environment=`. @public */
export const healthRollupsResponseSchema = z.object({
  environment: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  groups: z.array(healthRollupSchema),
});

/** `POST .../anomalies/{id}/acknowledge`. @public */
export const acknowledgeAnomalySchema = z.strictObject({
  reason: z.string().min(1).max(1_000),
});

/** The anomaly as acknowledged: its baseline starts anew. @public */
export const acknowledgedAnomalySchema = anomalySchema;

/** `POST /v1/findings`, `/v1/vex`, `/v1/costs`, `/v1/flags`, `/v1/webhooks/{sender}`; 202 once it is durable. @public */
export const reportResponseSchema = z.object({
  /** Delivery events made of what was sent; 0 for a kind of message that no metric reads. */
  accepted: z.number().int(),
  duplicates: z.number().int(),
  entityRefs: z.array(z.string()),
  /** Parts that were passed over, such as rows of a bill that no entity is known for. */
  skipped: z.array(z.object({ what: z.string(), reason: z.string() })),
});

/** What of an entity changed, on the signal channel `entitySignalChannel(entityRef)`. @public */
export const entitySignalSchema = z.object({
  topic: z.enum(['health', 'gate', 'scorecard']),
});

/**
 * The signal channel of one entity: whoever does not know its reference cannot listen.
 * @public
 */
export function entitySignalChannel(entityRef: string): string {
  return `golden-path:${entityRef}`;
}

/** @public */
export type HealthResponse = z.infer<typeof healthResponseSchema>;
/** @public */
export type TimelineItem = z.infer<typeof timelineItemSchema>;
/** @public */
export type TimelineResponse = z.infer<typeof timelineResponseSchema>;
/** @public */
export type HealthRollup = z.infer<typeof healthRollupSchema>;
/** @public */
export type HealthRollupsResponse = z.infer<typeof healthRollupsResponseSchema>;
/** @public */
export type AcknowledgeAnomaly = z.infer<typeof acknowledgeAnomalySchema>;
/** @public */
export type ReportResponse = z.infer<typeof reportResponseSchema>;
/** @public */
export type EntitySignal = z.infer<typeof entitySignalSchema>;
