import { z } from 'zod';
import { gatePolicySchema } from './gatePolicy';

/**
 * How an absent fact enters the score: as an interval, not at all, or as failed.
 *
 * @public
 */
export const unknownPolicySchema = z.enum(['interval', 'exclude', 'fail']);

/**
 * `shadow` counts nowhere, `warn` is announced with a date, `enforce` counts.
 *
 * @public
 */
export const rolloutStageSchema = z.enum(['shadow', 'warn', 'enforce']);

const isoDate = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .describe('An ISO 8601 date or date-time');

/** What a remedy costs a person: `low` is minutes, `medium` hours, `high` days. @public */
export const effortSchema = z.enum(['low', 'medium', 'high']);

const remediationSchema = z.strictObject({
  text: z.string().min(1).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  template: z.string().min(1).optional(),
  /** Name of a fix that `golden-path score --fix` can write as a patch. */
  fix: z.string().min(1).optional(),
  /** What the remedy costs a person: low is minutes, medium hours, high days. */
  effort: effortSchema.optional(),
});

const identifier = (what: string) =>
  z
    .string()
    .regex(
      /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
      `${what} must be 1 to 63 letters, digits, '-', '_' or '.'`,
    );

/**
 * One rule of a path: what it reads, when it applies, what passes. Expressions are CEL.
 *
 * @public
 */
export const checkSchema = z.strictObject({
  id: identifier('A check id'),
  title: z.string().min(1).max(200),
  description: z.string().max(4000).optional(),
  category: z.string().min(1).max(63),
  level: z.string().min(1).max(63),
  weight: z.number().positive().max(100).default(1),
  facts: z
    .array(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/))
    .min(1)
    .max(20),
  when: z.string().min(1).max(4000).optional(),
  pass: z.string().min(1).max(4000),
  rollout: z
    .strictObject({
      stage: rolloutStageSchema.default('enforce'),
      enforceFrom: isoDate.optional(),
    })
    .default({ stage: 'enforce' }),
  message: z.string().max(1000).optional(),
  remediation: remediationSchema.optional(),
  maps: z.array(z.string().min(1)).max(50).default([]),
});

/**
 * A golden path: a versioned standard with the entities it applies to, its ladder of levels and its checks.
 *
 * @remarks
 * `spec.appliesTo` is a Backstage filter predicate. It is kept as plain JSON here, since evaluating it needs an
 * entity and belongs to the callers that have one.
 *
 * @public
 */
export const goldenPathSchema = z
  .strictObject({
    apiVersion: z.literal('golden-path.dev/v1alpha1'),
    kind: z.literal('GoldenPath'),
    metadata: z.looseObject({
      name: identifier('A path name'),
      title: z.string().min(1).optional(),
      description: z.string().optional(),
    }),
    spec: z.strictObject({
      owner: z.string().min(1),
      version: z
        .string()
        .regex(
          /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/,
          'A version must be semantic, like 1.2.0',
        ),
      appliesTo: z.record(z.string(), z.json()),
      levels: z
        .array(z.string().min(1).max(63))
        .min(1)
        .max(10)
        .default(['bronze', 'silver', 'gold']),
      templates: z.array(z.string().min(1)).default([]),
      scoring: z
        .strictObject({ unknown: unknownPolicySchema.default('interval') })
        .default({ unknown: 'interval' }),
      /** When a deployment may go ahead; without it, the error budget policy of the SRE workbook. */
      gate: gatePolicySchema.optional(),
      checks: z.array(checkSchema).min(1).max(500),
    }),
  })
  .superRefine((path, context) => {
    const { levels, checks } = path.spec;
    const seen = new Set<string>();
    for (const [index, level] of levels.entries()) {
      if (levels.indexOf(level) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['spec', 'levels', index],
          message: `Level '${level}' is listed twice`,
        });
      }
    }
    for (const [index, check] of checks.entries()) {
      if (seen.has(check.id)) {
        context.addIssue({
          code: 'custom',
          path: ['spec', 'checks', index, 'id'],
          message: `Check id '${check.id}' is used twice`,
        });
      }
      seen.add(check.id);
      if (!levels.includes(check.level)) {
        context.addIssue({
          code: 'custom',
          path: ['spec', 'checks', index, 'level'],
          message: `Check '${check.id}' has level '${
            check.level
          }', which is not one of ${levels.join(', ')}`,
        });
      }
    }
  });

/** @public */
export type Effort = z.infer<typeof effortSchema>;
/** @public */
export type GoldenPath = z.infer<typeof goldenPathSchema>;
/** @public */
export type Check = z.infer<typeof checkSchema>;
/** @public */
export type RolloutStage = z.infer<typeof rolloutStageSchema>;
/** @public */
export type UnknownPolicy = z.infer<typeof unknownPolicySchema>;
