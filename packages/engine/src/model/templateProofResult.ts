import { z } from 'zod';
import { verdictSchema } from './scorecard';
import { PROOF_PARTS, proofToolchainSchema } from './templateProof';

const count = z.number().int().nonnegative();
const seconds = z.number().nonnegative();
const outcome = z.enum(['proven', 'falls-short', 'could-not-tell']);

/** Something a tool found wrong with a rendered repository. @public */
export const toolFindingSchema = z.object({
  file: z.string().optional(),
  line: z.number().int().positive().optional(),
  rule: z.string(),
  message: z.string(),
});

/** What one tool said of one row. @public */
export const toolCheckSchema = z.object({
  tool: z.string(),
  status: z.enum(['passed', 'failed', 'missing', 'broken']),
  /** Files the tool read. */
  files: count,
  /** Without those waived. */
  findings: count,
  waived: count,
  /** The first findings. */
  problems: z.array(toolFindingSchema),
});

/** @public */
export const proofScoreSchema = z.object({
  path: z.object({ name: z.string(), version: z.string() }),
  level: z.string().nullable(),
  wantedLevel: z.string(),
  /** 0 to 100. */
  raw: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Checks by verdict. */
  verdicts: z.partialRecord(verdictSchema, count),
  /** What keeps the repository from the level, and what fails without counting yet. */
  notPassed: z.array(
    z.object({
      check: z.string(),
      verdict: verdictSchema,
      holdsBack: z.boolean(),
      message: z.string(),
    }),
  ),
});

/** @public */
export const proofRowResultSchema = z.object({
  id: z.string(),
  values: z.record(z.string(), z.json()),
  files: count,
  /** Digest of everything rendered. */
  rendered: z.string().nullable(),
  /** What went wrong in rendering: an error, a lost expression, syntax left over. */
  problems: z.array(toolFindingSchema),
  checks: z.array(toolCheckSchema),
  score: proofScoreSchema.nullable(),
});

/** @public */
export const mutationResultSchema = z.object({
  check: z.string(),
  title: z.string(),
  row: z.string(),
  /** Checks whose verdict changed. */
  flipped: z.array(
    z.object({
      check: z.string(),
      before: verdictSchema,
      after: verdictSchema,
    }),
  ),
  /** Whether exactly the named check flipped, to `fail`. */
  killed: z.boolean(),
  reason: z.string().optional(),
});

/** @public */
export const buildStepSchema = z.object({
  command: z.array(z.string()),
  outcome: z.enum(['passed', 'failed', 'timed-out', 'not-started']),
  seconds,
  /** The end of what it printed; empty when it passed. */
  tail: z.string(),
});

/** @public */
export const buildResultSchema = z.object({
  row: z.string(),
  toolchains: z.array(
    z.object({ name: proofToolchainSchema, version: z.string().nullable() }),
  ),
  steps: z.array(buildStepSchema),
  start: z
    .object({
      /** Until the ready path answered 200. */
      readySeconds: seconds.nullable(),
      /** From SIGTERM to its end. */
      stopSeconds: seconds.nullable(),
      exitCode: z.number().int().nullable(),
      outcome: z.enum(['passed', 'failed']),
      reason: z.string().optional(),
      tail: z.string(),
    })
    .nullable(),
});

/** The predicate type of a template's proof. @public */
export const TEMPLATE_PROOF_PREDICATE =
  'https://golden-path.dev/template-proof/v1';

/**
 * The result of a template's proof, as an in-toto statement (v1) about what the template renders from. All but times,
 * durations and the ends of outputs is the same for the same template and tools.
 *
 * @public
 */
export const templateProofResultSchema = z.object({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z
    .array(
      z.object({
        /** Entity reference of the template with its version, such as `template:default/node-service@2.0.0`. */
        name: z.string(),
        /** {@link skeletonInputDigest} without `sha256:`. */
        digest: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      }),
    )
    .length(1),
  predicateType: z.literal(TEMPLATE_PROOF_PREDICATE),
  predicate: z.object({
    template: z.object({
      ref: z.string(),
      version: z.string(),
      inputDigest: z.string(),
      /** Digest of `proof.yaml`, `mutations.yaml` and the base: what was demanded. */
      rulesDigest: z.string(),
    }),
    renderEngine: z.string(),
    /** ISO 8601. */
    startedAt: z.string(),
    seconds,
    parts: z.array(z.enum(PROOF_PARTS)),
    /** Whether all parts and all rows were asked for. */
    complete: z.boolean(),
    outcome,
    /** What it fell short in, or what could not be told. */
    reasons: z.array(z.string()),
    tools: z.array(
      z.object({
        name: z.string(),
        version: z.string().nullable(),
        status: z.enum(['used', 'missing', 'not-needed']),
        /** How to get it, when missing. */
        how: z.string().optional(),
      }),
    ),
    waived: z.array(
      z.object({
        tool: z.string(),
        rule: z.string(),
        file: z.string().optional(),
        reason: z.string(),
        findings: count,
      }),
    ),
    rows: z.array(proofRowResultSchema),
    mutations: z
      .object({
        /** Checks of the path that a repository alone decides. */
        checks: count,
        killed: count,
        survived: count,
        /** Checks without a planted fault and without a reason. */
        uncovered: z.array(z.string()),
        without: z.array(z.object({ check: z.string(), reason: z.string() })),
        rows: z.array(mutationResultSchema),
      })
      .nullable(),
    build: buildResultSchema.nullable(),
  }),
});

/** @public */
export type ToolFinding = z.infer<typeof toolFindingSchema>;
/** @public */
export type ToolCheck = z.infer<typeof toolCheckSchema>;
/** @public */
export type ProofScore = z.infer<typeof proofScoreSchema>;
/** @public */
export type ProofRowResult = z.infer<typeof proofRowResultSchema>;
/** @public */
export type MutationResult = z.infer<typeof mutationResultSchema>;
/** @public */
export type BuildResult = z.infer<typeof buildResultSchema>;
/** @public */
export type TemplateProofResult = z.infer<typeof templateProofResultSchema>;
