import { z } from 'zod';
import { effortSchema, rolloutStageSchema } from './goldenPath';

/** The seven outcomes of a check; only the first is good news. @public */
export const verdictSchema = z.enum([
  'pass',
  'fail',
  'unknown',
  'stale',
  'not-applicable',
  'waived',
  'error',
]);

/**
 * A value a verdict rests on, with the place in the repository where it stands, if it stands in one.
 *
 * @public
 */
export const evidenceSchema = z.object({
  /** The fact path the value was read from, such as `repository.actions`. */
  fact: z.string(),
  value: z.json().optional(),
  file: z.string().optional(),
  /** 1-based line in `file`. */
  line: z.number().int().positive().optional(),
  text: z.string().optional(),
  /**
   * For a value that is not there: the whole `source` has no fact, its collector named a `gap`, or the fact lacks the
   * `field`.
   */
  absent: z.enum(['source', 'gap', 'field']).optional(),
});

/** @public */
export const waiverStateSchema = z.object({
  reason: z.string(),
  owner: z.string(),
  expires: z.string(),
  /** Set for a waiver the backend keeps. */
  id: z.string().optional(),
  /** Entity reference of who approved it; absent where nobody has to. */
  approvedBy: z.string().optional(),
});

/** @public */
export const checkResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().optional(),
  verdict: verdictSchema,
  /** 0 to 1; part credit for numeric checks. For a waived check: what it earns without its waiver. */
  credit: z.number().min(0).max(1),
  weight: z.number(),
  level: z.string(),
  category: z.string(),
  stage: rolloutStageSchema,
  enforceFrom: z.string().optional(),
  evidence: z.array(evidenceSchema),
  message: z.string(),
  remediation: z
    .object({
      text: z.string().optional(),
      url: z.string().optional(),
      template: z.string().optional(),
      fix: z.string().optional(),
      effort: effortSchema.optional(),
    })
    .optional(),
  maps: z.array(z.string()),
  waiver: waiverStateSchema.optional(),
});

/** Scores are 0 to 100, or `null` when no check applies. @public */
export const scoreSchema = z.object({
  raw: z.number().nullable(),
  adjusted: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

/** The verdict of one path on one entity. @public */
export const scorecardSchema = z.object({
  entityRef: z.string(),
  path: z.object({
    name: z.string(),
    version: z.string(),
    title: z.string().optional(),
  }),
  levels: z.array(z.string()),
  level: z.string().nullable(),
  nextLevel: z.string().nullable(),
  score: scoreSchema,
  /** Share of applicable enforced weight whose verdict is known, 0 to 1; `null` when nothing applies. */
  coverage: z.number().nullable(),
  evaluatedAt: z.string(),
  checks: z.array(checkResultSchema),
});

/** @public */
export type Verdict = z.infer<typeof verdictSchema>;
/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;
/** @public */
export type CheckResult = z.infer<typeof checkResultSchema>;
/** @public */
export type Scorecard = z.infer<typeof scorecardSchema>;
/** @public */
export type Score = z.infer<typeof scoreSchema>;
