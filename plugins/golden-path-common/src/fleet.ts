import { scoreSchema, verdictSchema } from '@goldenpath/engine';
import { z } from 'zod';

/** What the fleet can be put in the order of. @public */
export const fleetOrderSchema = z.enum([
  'entity',
  'owner',
  'level',
  'score',
  'failing',
  'unknown',
  'observedAt',
]);

/**
 * `GET /v1/scorecards`: every part is optional and narrows the list further.
 *
 * @public
 */
export const fleetQuerySchema = z.object({
  /** Name of a golden path. */
  path: z.string().optional(),
  /** Owner, with everything that groups below it own; `none`: entities without one. */
  owner: z.string().optional(),
  /** A system; `none`: entities that are part of none. */
  system: z.string().optional(),
  /** Domain, with everything in systems and domains below it. */
  domain: z.string().optional(),
  /** Template it was created from. */
  template: z.string().optional(),
  /** A level, or `none`. */
  level: z.string().optional(),
  /** Together with `verdict`: entities to which this check gave it, by default `fail`. Needs `path`. */
  check: z.string().optional(),
  verdict: verdictSchema.optional(),
  /** Only entities with an enforced check that is not known. */
  unknown: z.boolean().optional(),
  /** Part of an entity's name or title. */
  search: z.string().optional(),
  orderBy: fleetOrderSchema.optional(),
  order: z.enum(['asc', 'desc']).optional(),
  limit: z.number().int().min(1).max(500).optional(),
  cursor: z.string().optional(),
});

/** One row of the fleet: an entity under one path. @public */
export const scorecardRowSchema = z.object({
  entityRef: z.string(),
  title: z.string().nullable(),
  owner: z.string().nullable(),
  system: z.string().nullable(),
  domain: z.string().nullable(),
  template: z.string().nullable(),
  path: z.string(),
  pathVersion: z.string(),
  level: z.string().nullable(),
  nextLevel: z.string().nullable(),
  score: scoreSchema,
  coverage: z.number().nullable(),
  /** Enforced checks by verdict; `unknown` counts stale and error too. */
  failing: z.number().int(),
  unknown: z.number().int(),
  waived: z.number().int(),
  /** Ids of the enforced checks that fail, in the order of the path. */
  failingChecks: z.array(z.string()),
  /** When the oldest fact the verdict rests on was observed; `null` without any. */
  observedAt: z.string().nullable(),
  evaluatedAt: z.string(),
  /** What the check of the query says. */
  check: z
    .object({
      id: z.string(),
      verdict: verdictSchema,
      message: z.string(),
    })
    .optional(),
});

/** `GET /v1/scorecards`. @public */
export const scorecardsResponseSchema = z.object({
  items: z.array(scorecardRowSchema),
  /** Of all pages, as far as the caller may see them. */
  totalItems: z.number().int(),
  nextCursor: z.string().optional(),
});

/** What the fleet can be rolled up by. @public */
export const summaryGroupSchema = z.enum([
  'owner',
  'system',
  'domain',
  'template',
  'level',
]);

/** One group of the fleet. @public */
export const summaryItemSchema = z.object({
  /** `null`: entities that belong to none. */
  key: z.string().nullable(),
  /** Entity above it (a group's parent, a system's domain), when there is one. */
  parent: z.string().nullable(),
  /** Scorecards of the group and of everything below it, each once. */
  scorecards: z.number().int(),
  /** Those of the group itself. */
  direct: z.number().int(),
  /** Scorecards by level; `none` for those on no level. */
  levels: z.record(z.string(), z.number().int()),
  /** Means over the scorecards that have a score; `null` when none has. */
  score: scoreSchema,
  failing: z.number().int(),
  unknown: z.number().int(),
  /** Scorecards with something that is not known. */
  withUnknown: z.number().int(),
  waived: z.number().int(),
});

/** `GET /v1/summary?groupBy=&path=`. @public */
export const summaryResponseSchema = z.object({
  groupBy: summaryGroupSchema,
  items: z.array(summaryItemSchema),
  /** The whole fleet as one group, with `key: null`. */
  total: summaryItemSchema,
});

/** One check of a path over the fleet. @public */
export const checkSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  level: z.string(),
  stage: z.enum(['shadow', 'warn', 'enforce']),
  enforceFrom: z.string().optional(),
  verdicts: z.object({
    pass: z.number().int(),
    fail: z.number().int(),
    unknown: z.number().int(),
    stale: z.number().int(),
    'not-applicable': z.number().int(),
    waived: z.number().int(),
    error: z.number().int(),
  }),
});

/** `GET /v1/paths/{name}/checks`. @public */
export const checkSummariesResponseSchema = z.object({
  path: z.string(),
  version: z.string(),
  items: z.array(checkSummarySchema),
});

/** One source of facts over the fleet. @public */
export const sourceStatusSchema = z.object({
  source: z.string(),
  /** `open`: it fails for many entities and is left alone until `retryAt`; verdicts that need it are not the services' fault. */
  circuit: z.enum(['closed', 'open', 'half-open']),
  reason: z.string().optional(),
  openedAt: z.string().optional(),
  retryAt: z.string().optional(),
  /** Entities with a fact, with an expired one, and with a problem. */
  facts: z.number().int(),
  expired: z.number().int(),
  problems: z.number().int(),
});

/** `GET /v1/sources`. @public */
export const sourcesResponseSchema = z.object({
  items: z.array(sourceStatusSchema),
});

/** Body of `POST /v1/paths/preview`. @public */
export const pathPreviewRequestSchema = z.strictObject({
  /** A golden path as YAML or JSON. */
  text: z.string().min(1).max(1_000_000),
  /** Days of stored facts to go back over; 0, the default, compares the present alone. */
  days: z.number().int().min(0).max(90).optional(),
});

/** @public */
export type FleetQuery = z.infer<typeof fleetQuerySchema>;
/** @public */
export type ScorecardRow = z.infer<typeof scorecardRowSchema>;
/** @public */
export type ScorecardsResponse = z.infer<typeof scorecardsResponseSchema>;
/** @public */
export type SummaryGroup = z.infer<typeof summaryGroupSchema>;
/** @public */
export type SummaryItem = z.infer<typeof summaryItemSchema>;
/** @public */
export type SummaryResponse = z.infer<typeof summaryResponseSchema>;
/** @public */
export type CheckSummary = z.infer<typeof checkSummarySchema>;
/** @public */
export type CheckSummariesResponse = z.infer<
  typeof checkSummariesResponseSchema
>;
/** @public */
export type SourceStatus = z.infer<typeof sourceStatusSchema>;
/** @public */
export type SourcesResponse = z.infer<typeof sourcesResponseSchema>;
/** @public */
export type PathPreviewRequest = z.infer<typeof pathPreviewRequestSchema>;
