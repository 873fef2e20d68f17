import { z } from 'zod';

/** @public */
export const gateVerdictSchema = z.enum(['allow', 'warn', 'block', 'unknown']);

/** The rules a gate can ask, by the name they have in a policy. @public */
export const gateRuleNameSchema = z.enum([
  'errorBudget',
  'fastBurn',
  'incidents',
  'checks',
  'level',
  'drift',
  'freeze',
  'dependencies',
  'slow',
]);

/** What a gate is asked about. @public */
export const gateRequestSchema = z.strictObject({
  entityRef: z.string().min(1).max(255),
  environment: z.string().min(1).max(255).default('production'),
  sha: z.string().min(1).max(255).optional(),
  artifactId: z.string().min(1).max(2_048).optional(),
  /** The id the deployment will be reported with; it ties the decision to its outcome. */
  deploymentId: z.string().min(1).max(2_048).optional(),
  /** A rollback, and a fix of an incident or of a vulnerability, always pass. */
  kind: z
    .enum(['deploy', 'rollback', 'incident-fix', 'security-fix'])
    .default('deploy'),
  /** The incident or the finding that is fixed; needed for the two kinds of fix. */
  fixes: z.array(z.string().min(1).max(2_048)).max(100).default([]),
  /** Whether it is released step by step: canary, blue-green or behind a flag. */
  progressive: z.boolean().optional(),
});

/** What one rule said, with its numbers. @public */
export const gateRuleResultSchema = z.object({
  rule: gateRuleNameSchema,
  /** Tells several results of one rule apart: an objective, a freeze, a dependency, a check. */
  subject: z.string().optional(),
  verdict: gateVerdictSchema,
  /** The rule and what was found, in a sentence with the numbers. */
  reason: z.string(),
  /** What would change the verdict, such as when the budget is back; absent when nothing has to. */
  wayOut: z.string().optional(),
  numbers: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** Ids of delivery events, or check ids, or paths of files. */
  evidence: z.array(z.string()),
});

/** @public */
export const gateOverrideSchema = z.object({
  by: z.string(),
  reason: z.string(),
  at: z.string(),
  /** From then on the override counts no more. */
  expiresAt: z.string(),
});

/** What became of the deployment a gate was asked about. @public */
export const gateOutcomeSchema = z.object({
  judgedAt: z.string(),
  /** `not-deployed`: nothing with this commit or id was seen; `pending`: too young to judge. */
  result: z.enum(['failed', 'succeeded', 'not-deployed', 'pending']),
  deploymentId: z.string().optional(),
  /** What ties the deployment to the question; `time`: it was the next one, and nothing else tells. */
  linkedBy: z.enum(['deploymentId', 'sha', 'artifact', 'time']).optional(),
  evidence: z.array(z.string()),
});

/**
 * The answer of a gate: a verdict with every rule behind it.
 *
 * @public
 */
export const gateDecisionSchema = z.object({
  id: z.string(),
  request: gateRequestSchema,
  at: z.string(),
  policy: z.object({
    /** Name of the path, or `default`. */
    path: z.string(),
    version: z.string().optional(),
    digest: z.string(),
  }),
  /** Where several paths cover the entity: every policy that was asked, `policy` among them. */
  policies: z
    .array(
      z.object({
        path: z.string(),
        version: z.string().optional(),
        digest: z.string(),
        verdict: gateVerdictSchema,
      }),
    )
    .optional(),
  /** The worst of the rules: block, then unknown, then warn. */
  verdict: gateVerdictSchema,
  /** Whether the deployment may go ahead: by the verdict, what the policy does with unknown, an exemption or an override. */
  proceed: z.boolean(),
  /** Why the rules were not applied, though they are all shown. */
  exemption: z.enum(['rollback', 'incident-fix', 'security-fix']).optional(),
  /** What the release has to be, with this little budget. */
  requirements: z.array(z.enum(['progressive-delivery', 'second-review'])),
  rules: z.array(gateRuleResultSchema),
  /** One line for a log. */
  summary: z.string(),
  by: z.string().optional(),
  override: gateOverrideSchema.optional(),
  /** The longest an override may hold, in hours. */
  overrideMaxHours: z.number().optional(),
  outcome: gateOutcomeSchema.optional(),
});

/** @public */
export type GateVerdict = z.infer<typeof gateVerdictSchema>;
/** @public */
export type GateRuleName = z.infer<typeof gateRuleNameSchema>;
/** @public */
export type GateRequest = z.infer<typeof gateRequestSchema>;
/** @public */
export type GateRuleResult = z.infer<typeof gateRuleResultSchema>;
/** @public */
export type GateOverride = z.infer<typeof gateOverrideSchema>;
/** @public */
export type GateOutcome = z.infer<typeof gateOutcomeSchema>;
/** @public */
export type GateDecision = z.infer<typeof gateDecisionSchema>;
