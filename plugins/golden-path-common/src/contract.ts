import {
  driftReportSchema,
  goldenPathSchema,
  scoreChangeSchema,
  scorecardSchema,
  scoreSchema,
  verdictSchema,
} from '@goldenpath/engine';
import { z } from 'zod';

/** How fresh one source of facts is for an entity, and what went wrong when it was last asked. @public */
export const sourceFreshnessSchema = z.object({
  source: z.string(),
  observedAt: z.string().optional(),
  expiresAt: z.string().optional(),
  /** Why the last attempt brought no fact. */
  problem: z.string().optional(),
  /** Why parts of the fact are absent, by their dotted path in it. */
  gaps: z.record(z.string(), z.string()).optional(),
  /** True while the source fails for many entities: the collector is at fault, and is asked again at `retryAt`. */
  suspended: z.boolean().optional(),
  retryAt: z.string().optional(),
});

/**
 * `GET /v1/entities/{kind}/{namespace}/{name}/scorecard`.
 * `pending`: the entity is queued and has not been scored yet; `not-applicable`: no path covers it.
 * @public
 */
export const scorecardResponseSchema = z.object({
  entityRef: z.string(),
  status: z.enum(['ok', 'pending', 'not-applicable']),
  reason: z.string().optional(),
  /** True while a newer evaluation is queued or running. */
  refreshing: z.boolean(),
  scorecards: z.array(scorecardSchema),
  sources: z.array(sourceFreshnessSchema),
});

/** One change of the verdict on an entity. @public */
export const historyEntrySchema = z.object({
  at: z.string(),
  path: z.object({ name: z.string(), version: z.string() }),
  level: z.string().nullable(),
  score: scoreSchema,
  /** Checks whose verdict changed with this entry; `from` is `null` for a check seen for the first time. */
  changes: z.array(
    z.object({
      id: z.string(),
      from: verdictSchema.nullable(),
      to: verdictSchema.nullable(),
    }),
  ),
  /** What the change comes from; absent for the first score of an entity. */
  change: scoreChangeSchema.optional(),
});

/** `GET .../history`, newest first. @public */
export const historyResponseSchema = z.object({
  entityRef: z.string(),
  items: z.array(historyEntrySchema),
});

/** `GET .../drift`. @public */
export const driftResponseSchema = z.object({
  entityRef: z.string(),
  status: z.enum(['ok', 'pending']),
  report: driftReportSchema.optional(),
});

/** A stored delivery event as people see it. @public */
export const deliveryEventViewSchema = z.object({
  id: z.string(),
  source: z.string(),
  type: z.string(),
  /** Event time, which decides in every metric. */
  at: z.string(),
  receivedAt: z.string(),
  environment: z.string().nullable(),
  title: z.string(),
  /** Web address of the thing that happened, when the event names one. */
  url: z.string().optional(),
  /** The event body as it came. */
  body: z.json(),
});

/** `GET .../events?ids=&limit=&cursor=`, newest first. @public */
export const eventsResponseSchema = z.object({
  entityRef: z.string(),
  items: z.array(deliveryEventViewSchema),
  nextCursor: z.string().optional(),
});

/** `POST .../refresh`, status 202. @public */
export const refreshResponseSchema = z.object({
  entityRef: z.string(),
  status: z.literal('queued'),
});

/** `POST /v1/events`, status 202 once the event is durable. @public */
export const ingestResponseSchema = z.object({
  accepted: z.number().int(),
  /** Events already known by source and id; nothing was changed. */
  duplicates: z.number().int(),
  /** Entities found for the events of the request. */
  entityRefs: z.array(z.string()),
  /** Events kept without an entity: nothing the sender may see was found for them, or several entities were. */
  unattached: z.array(
    z.object({
      source: z.string(),
      id: z.string(),
      reason: z.enum(['not-found', 'ambiguous']),
    }),
  ),
});

/** A golden path in a list. @public */
export const pathSummarySchema = z.object({
  name: z.string(),
  title: z.string(),
  version: z.string(),
  owner: z.string(),
  description: z.string().optional(),
  levels: z.array(z.string()),
  checks: z.number().int(),
  entities: z.number().int(),
  /** Where the path is kept: a file of the configuration, or the entity of kind GoldenPath. */
  source: z.string(),
});

/** A path file that could not be loaded; the others stand. @public */
export const pathProblemSchema = z.object({
  file: z.string(),
  message: z.string(),
});

/** `GET /v1/paths`. @public */
export const pathsResponseSchema = z.object({
  items: z.array(pathSummarySchema),
  problems: z.array(pathProblemSchema),
});

/** `GET /v1/paths/{name}?version=`. @public */
export const pathResponseSchema = z.object({
  path: goldenPathSchema,
  /** Every version that was ever in force, newest first. */
  versions: z.array(
    z.object({
      version: z.string(),
      /** Digest of the content: two states under one version differ in it. */
      digest: z.string(),
      firstSeenAt: z.string(),
      current: z.boolean(),
    }),
  ),
});

/** @public */
export type SourceFreshness = z.infer<typeof sourceFreshnessSchema>;
/** @public */
export type ScorecardResponse = z.infer<typeof scorecardResponseSchema>;
/** @public */
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
/** @public */
export type HistoryResponse = z.infer<typeof historyResponseSchema>;
/** @public */
export type DriftResponse = z.infer<typeof driftResponseSchema>;
/** @public */
export type DeliveryEventView = z.infer<typeof deliveryEventViewSchema>;
/** @public */
export type EventsResponse = z.infer<typeof eventsResponseSchema>;
/** @public */
export type RefreshResponse = z.infer<typeof refreshResponseSchema>;
/** @public */
export type IngestResponse = z.infer<typeof ingestResponseSchema>;
/** @public */
export type PathSummary = z.infer<typeof pathSummarySchema>;
/** @public */
export type PathsResponse = z.infer<typeof pathsResponseSchema>;
/** @public */
export type PathResponse = z.infer<typeof pathResponseSchema>;
