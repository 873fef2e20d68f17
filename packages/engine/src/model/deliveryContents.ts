import { z } from 'zod';

/*
 * What CDEvents has no vocabulary for comes as custom events, as the specification allows: type
 * `dev.cdeventsx.goldenpath-<subject>.<predicate>.<version>`, and `subject.content` as below.
 */

const text = z.string().min(1).max(2_048);
const instant = z.iso.datetime({ offset: true });

/** By CVSS score: 9.0 critical, 7.0 high, 4.0 medium, 0.1 low. @public */
export const findingSeveritySchema = z.enum([
  'critical',
  'high',
  'medium',
  'low',
  'none',
]);

/** One open or suppressed result of a scanner. @public */
export const findingSchema = z.strictObject({
  /** Identity over scans of one tool and category; never made of a line number. */
  fingerprint: text,
  ruleId: text.optional(),
  title: z.string().max(1_000).optional(),
  severity: findingSeveritySchema,
  /** Accepted by a suppression in the scan itself. */
  suppressed: z.boolean().default(false),
  path: text.optional(),
  url: text.optional(),
  /** Vulnerability ids that mean the same, such as CVE and GHSA. */
  aliases: z.array(text).max(50).optional(),
  /** Package URL of the vulnerable package. */
  purl: text.optional(),
});

/** `goldenpath-scan.finished`: a scanner came to an end. @public */
export const scanContentSchema = z.strictObject({
  tool: text,
  /** SARIF's `automationDetails.id`, which tells scans of different things by one tool apart. */
  category: z.string().max(2_048).default(''),
  /** False, or without `findings`: nothing was scanned, which is never zero findings. */
  successful: z.boolean(),
  findings: z.array(findingSchema).max(5_000).optional(),
  artifactId: text.optional(),
  url: text.optional(),
});

/** `goldenpath-vex.stated`: what somebody found out about vulnerabilities. @public */
export const vexContentSchema = z.strictObject({
  statements: z
    .array(
      z.strictObject({
        /** A CVE, GHSA or other id, as in a finding's `aliases`, `ruleId`. */
        vulnerability: text,
        /** Package URLs; without them it holds for every package. */
        products: z.array(text).max(1_000).optional(),
        status: z.enum([
          'not_affected',
          'false_positive',
          'resolved',
          'fixed',
          'affected',
          'exploitable',
          'in_triage',
          'under_investigation',
        ]),
        justification: z.string().max(1_000).optional(),
      }),
    )
    .min(1)
    .max(5_000),
});

/** `goldenpath-cost.charged`: what something cost over a period. @public */
export const costContentSchema = z.strictObject({
  from: instant,
  /** Excluded. */
  to: instant,
  amount: z.number(),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** What the amount is: running the service, or its pipelines. */
  line: z.enum(['run', 'ci']).default('run'),
  /** FOCUS's ChargeCategory. */
  category: z
    .enum(['usage', 'purchase', 'credit', 'adjustment', 'tax'])
    .default('usage'),
  /** The column or field the amount is from, such as `EffectiveCost` or `totalCost`. */
  column: text,
  /** Share of the bill that could be given to no entity, 0..1. */
  unallocatedShare: z.number().min(0).max(1).optional(),
  url: text.optional(),
});

/** One feature flag as its provider knows it, in the event's environment. @public */
export const flagObservationSchema = z.strictObject({
  key: text,
  type: z
    .enum(['release', 'experiment', 'operational', 'kill-switch', 'permission'])
    .default('release'),
  createdAt: instant.optional(),
  /** Marked stale by a person or by the provider. */
  stale: z.boolean().default(false),
  archived: z.boolean().default(false),
  enabled: z.boolean(),
  /** Share of traffic of each variant, 0..1; `off` counts as one. */
  variants: z
    .array(z.strictObject({ name: text, share: z.number().min(0).max(1) }))
    .max(100)
    .optional(),
  lastEvaluatedAt: instant.optional(),
  url: text.optional(),
});

/** `goldenpath-flags.observed`: every flag of an entity at one time. @public */
export const flagsContentSchema = z.strictObject({
  provider: text,
  flags: z.array(flagObservationSchema).max(5_000),
});

/** `goldenpath-slo.measured`: an objective and its bad and valid events over several windows. @public */
export const sloContentSchema = z.strictObject({
  objective: z.strictObject({
    name: text,
    /** Promised share of good events. */
    target: z.number().gt(0).lt(1),
    periodDays: z.number().positive().max(366),
    method: z
      .enum(['Occurrences', 'Timeslices', 'RatioTimeslices'])
      .default('Occurrences'),
  }),
  /** The period itself is one of them. */
  windows: z
    .array(
      z
        .strictObject({
          seconds: z.number().positive(),
          /** Events, or slices of time. */
          bad: z.number().nonnegative().optional(),
          valid: z.number().nonnegative().optional(),
          /** Where only a ratio is known; null without traffic. */
          errorRate: z.number().min(0).max(1).nullable().optional(),
        })
        .refine(
          window =>
            window.errorRate !== undefined ||
            (window.bad !== undefined && window.valid !== undefined),
          { message: "must have 'bad' and 'valid', or 'errorRate'" },
        ),
    )
    .min(1)
    .max(50),
  url: text.optional(),
});

/** @public */
export type FindingSeverity = z.infer<typeof findingSeveritySchema>;
/** @public */
export type Finding = z.infer<typeof findingSchema>;
/** @public */
export type ScanContent = z.infer<typeof scanContentSchema>;
/** @public */
export type VexContent = z.infer<typeof vexContentSchema>;
/** @public */
export type CostContent = z.infer<typeof costContentSchema>;
/** @public */
export type FlagObservation = z.infer<typeof flagObservationSchema>;
/** @public */
export type FlagsContent = z.infer<typeof flagsContentSchema>;
/** @public */
export type SloContent = z.infer<typeof sloContentSchema>;
