import { planConflictKindSchema } from '@goldenpath/engine';
import { z } from 'zod';
import { updateRequestSchema } from './updates';

const count = z.number().int().nonnegative();

/** One version of a template that was ever seen. @public */
export const templateVersionSchema = z.object({
  version: z.string(),
  inputDigest: z.string(),
  commit: z.string().nullable(),
  firstSeenAt: z.string(),
  /** What the catalog's template is now. */
  current: z.boolean(),
  /** The same version number with other content than an earlier one. */
  republished: z.boolean(),
  services: count,
});

/** A service of a template, as its last evaluation left it. @public */
export const adopterSchema = z.object({
  entityRef: z.string(),
  title: z.string().optional(),
  owner: z.string().nullable(),
  layer: z.string(),
  version: z.string(),
  upToDate: z.boolean(),
  drifted: count,
  /** `null` while nothing was merged that both sides changed: then it is not known. */
  conflicts: count.nullable(),
  /** Share of the newest version's changes that the service has, 0..1; `null` when that is not known. */
  migrated: z.number().nullable(),
  observedAt: z.string(),
  update: updateRequestSchema.optional(),
});

/** `GET /v1/templates/{namespace}/{name}/adoption`. @public */
export const adoptionResponseSchema = z.object({
  entityRef: z.string(),
  /** `null` when the template cannot be read now; `reason` says why. */
  newestVersion: z.string().nullable(),
  reason: z.string().optional(),
  versions: z.array(templateVersionSchema),
  items: z.array(adopterSchema),
});

/** How a service would take a version. @public */
export const forecastItemSchema = z.object({
  entityRef: z.string(),
  owner: z.string().nullable(),
  layer: z.string(),
  from: z.string(),
  outcome: z.enum(['clean', 'conflict', 'unchanged', 'unknown']),
  files: count,
  conflicts: z.array(
    z.object({ path: z.string(), kind: planConflictKindSchema }),
  ),
  restores: count,
  reason: z.string().optional(),
});

/** Dry run of a version of a template over every service, before or after it is published. @public */
export const forecastSchema = z.object({
  id: z.string(),
  template: z.string(),
  /** Address the version was read from; `null` for the one in the catalog. */
  url: z.string().nullable(),
  version: z.string().nullable(),
  status: z.enum(['running', 'done', 'failed']),
  problem: z.string().optional(),
  done: count,
  total: count,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  startedBy: z.string(),
  counts: z.object({
    clean: count,
    conflict: count,
    unchanged: count,
    unknown: count,
  }),
  /** Files that conflict in most services, most first. */
  worst: z.array(z.object({ path: z.string(), services: count })),
  items: z.array(forecastItemSchema),
});

/** `GET /v1/templates/{namespace}/{name}/forecasts`, newest first, without items. @public */
export const forecastsResponseSchema = z.object({
  items: z.array(forecastSchema.omit({ items: true })),
});

/** Body of `POST /v1/templates/{namespace}/{name}/forecasts`, status 202. @public */
export const createForecastSchema = z.strictObject({
  /** Address of the template's folder on a branch or tag, as the URL reader takes it; by default the catalog's own. */
  url: z.url().max(2000).optional(),
});

/** How services are put into waves. @public */
export const waveRuleSchema = z.enum(['all', 'owner', 'tier', 'share']);

/** Why a roll-out stands still. @public */
export const rolloutStatusSchema = z.enum([
  'running',
  'paused',
  'done',
  'cancelled',
]);

/** Body of `POST /v1/templates/{namespace}/{name}/rollouts`, status 202; idempotent by `idempotencyKey`. @public */
export const createRolloutSchema = z.strictObject({
  idempotencyKey: z.string().min(1).max(200),
  /**
   * `owner`: a wave for each owner; `tier`: least critical first; `share`: 5 %, 25 %, then all; `all`: one wave.
   */
  waves: waveRuleSchema.default('share'),
  /** By default every service that is not up to date. */
  entityRefs: z.array(z.string().min(1).max(500)).max(10_000).optional(),
  pauseOn: z
    .strictObject({
      failingPipelines: z.boolean().default(true),
      fallingHealth: z.boolean().default(true),
    })
    .default({ failingPipelines: true, fallingHealth: true }),
  /** Share of a wave's requests that must be merged before the next wave starts. */
  advanceAt: z.number().min(0).max(1).default(1),
});

/** A service in a roll-out. @public */
export const rolloutItemSchema = z.object({
  entityRef: z.string(),
  layer: z.string(),
  wave: count,
  /** `waiting` until its wave starts; then as its update request. */
  state: z.enum([
    'waiting',
    'queued',
    'working',
    'open',
    'merged',
    'closed',
    'failed',
    'nothing-to-do',
  ]),
  update: updateRequestSchema.optional(),
});

/** @public */
export const rolloutWaveSchema = z.object({
  name: z.string(),
  services: count,
  merged: count,
  open: count,
  failed: count,
  /** Services that are merged and of whose health since then nothing can be said; that is no sign of being well. */
  unknownHealth: count.optional(),
  status: z.enum(['waiting', 'running', 'done']),
});

/** The way of a version to the services of its template, wave by wave. @public */
export const rolloutSchema = z.object({
  id: z.string(),
  template: z.string(),
  version: z.string(),
  status: rolloutStatusSchema,
  /** Why it is paused: a person, or what went wrong, with the service it went wrong in. */
  reason: z.string().optional(),
  waves: z.array(rolloutWaveSchema),
  advanceAt: z.number(),
  pauseOn: z.object({
    failingPipelines: z.boolean(),
    fallingHealth: z.boolean(),
  }),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  items: z.array(rolloutItemSchema),
});

/** `GET /v1/templates/{namespace}/{name}/rollouts`, newest first, without items. @public */
export const rolloutsResponseSchema = z.object({
  items: z.array(rolloutSchema.omit({ items: true })),
});

/** Body of `POST /v1/rollouts/{id}/pause|resume|cancel`. @public */
export const rolloutActionSchema = z.strictObject({
  reason: z.string().trim().max(1000).optional(),
});

/** The same edit in several services: what the template should perhaps say itself. @public */
export const desirePathSchema = z.object({
  /** Fingerprint of the edit. */
  id: z.string(),
  path: z.string(),
  patch: z.string(),
  services: z.array(z.string()),
  /**
   * `applicable`: the edit fits the template's own source; `by-hand`: the lines are made by expressions, so a person must
   * say what they should become; `taken`: the newest version has it.
   */
  fit: z.enum(['applicable', 'by-hand', 'taken']),
  /** File of the template it would change, and the change, where it fits. */
  source: z.object({ path: z.string(), patch: z.string() }).optional(),
  reason: z.string().optional(),
  proposal: z
    .object({ url: z.string(), state: z.enum(['open', 'merged', 'closed']) })
    .optional(),
});

/** `GET /v1/templates/{namespace}/{name}/desire-paths`; most services first. @public */
export const desirePathsResponseSchema = z.object({
  entityRef: z.string(),
  /** How many services must share an edit. */
  threshold: count,
  items: z.array(desirePathSchema),
  /** What a change request is called where the template lies; absent where none can be opened, and `refusal` says why. */
  noun: z.string().optional(),
  refusal: z.string().optional(),
});

/** @public */
export type TemplateVersion = z.infer<typeof templateVersionSchema>;
/** @public */
export type Adopter = z.infer<typeof adopterSchema>;
/** @public */
export type AdoptionResponse = z.infer<typeof adoptionResponseSchema>;
/** @public */
export type ForecastItem = z.infer<typeof forecastItemSchema>;
/** @public */
export type Forecast = z.infer<typeof forecastSchema>;
/** @public */
export type ForecastsResponse = z.infer<typeof forecastsResponseSchema>;
/** @public */
export type CreateForecast = z.input<typeof createForecastSchema>;
/** @public */
export type WaveRule = z.infer<typeof waveRuleSchema>;
/** @public */
export type CreateRollout = z.input<typeof createRolloutSchema>;
/** @public */
export type RolloutItem = z.infer<typeof rolloutItemSchema>;
/** @public */
export type Rollout = z.infer<typeof rolloutSchema>;
/** @public */
export type RolloutsResponse = z.infer<typeof rolloutsResponseSchema>;
/** @public */
export type RolloutAction = 'pause' | 'resume' | 'cancel';
/** @public */
export type DesirePath = z.infer<typeof desirePathSchema>;
/** @public */
export type DesirePathsResponse = z.infer<typeof desirePathsResponseSchema>;
