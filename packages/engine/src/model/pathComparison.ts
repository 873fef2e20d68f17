import { z } from 'zod';
import { scoreSchema, verdictSchema } from './scorecard';

const standing = z.object({
  level: z.string().nullable(),
  score: scoreSchema,
});

/** One entity under two versions of a path; `null` where a version does not cover it. @public */
export const comparedEntitySchema = z.object({
  entityRef: z.string(),
  owner: z.string().nullable(),
  before: standing.nullable(),
  after: standing.nullable(),
  /** Checks whose verdict differs. */
  checks: z.array(
    z.object({
      id: z.string(),
      from: verdictSchema.nullable(),
      to: verdictSchema.nullable(),
    }),
  ),
});

const tally = z.object({
  entities: z.number().int(),
  /** Reach a higher level. */
  rise: z.number().int(),
  /** Fall to a lower level. */
  fall: z.number().int(),
  /** Same level, another score or verdict. */
  shift: z.number().int(),
  same: z.number().int(),
  covered: z.number().int(),
  uncovered: z.number().int(),
});

/** How often each verdict was given. @public */
export const verdictCountsSchema = z.partialRecord(
  verdictSchema,
  z.number().int(),
);

/**
 * What a changed path would do: every entity that moves, the totals by owner and by check, and, when facts were kept,
 * each day of the past under both versions.
 *
 * @public
 */
export const pathComparisonSchema = z.object({
  path: z.object({
    name: z.string(),
    /** `null` for a path that is not in force yet. */
    before: z.string().nullable(),
    after: z.string(),
  }),
  comparedAt: z.string(),
  total: tally,
  /** Entities that move, those that fall first; at most 1,000, `total` counts all. */
  entities: z.array(comparedEntitySchema),
  owners: z.array(tally.extend({ owner: z.string().nullable() })),
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** `null`: the check is new. */
      before: verdictCountsSchema.nullable(),
      /** `null`: the check is removed. */
      after: verdictCountsSchema.nullable(),
      /** Entities whose verdict differs. */
      flips: z.number().int(),
    }),
  ),
  replay: z
    .object({
      from: z.iso.date(),
      to: z.iso.date(),
      /** Entities with facts of at least one of the days. */
      entities: z.number().int(),
      days: z.array(
        z.object({
          day: z.iso.date(),
          entities: z.number().int(),
          /** Entities by level; `none` for those on no level. */
          before: z.record(z.string(), z.number().int()),
          after: z.record(z.string(), z.number().int()),
        }),
      ),
      /** Changes of verdict from one day to the next, per check: a check that flaps cannot be worked to. */
      flaps: z.array(
        z.object({
          id: z.string(),
          before: z.number().int(),
          after: z.number().int(),
        }),
      ),
    })
    .optional(),
});

/** @public */
export type ComparedEntity = z.infer<typeof comparedEntitySchema>;
/** @public */
export type VerdictCounts = z.infer<typeof verdictCountsSchema>;
/** @public */
export type PathComparison = z.infer<typeof pathComparisonSchema>;
