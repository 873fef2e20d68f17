import { z } from 'zod';
import { verdictSchema } from './scorecard';

/** Name of the file that says what proves a template, beside its manifest. @public */
export const TEMPLATE_PROOF_FILE = 'proof.yaml';

/** Name of the file with a template's planted faults, beside its manifest. @public */
export const TEMPLATE_MUTATIONS_FILE = 'mutations.yaml';

/** Folder of a template that keeps the result of the proof of each version, as `<version>.json`. @public */
export const TEMPLATE_PROOF_FOLDER = 'proof';

/** The parts of a proof, in the order in which they run. @public */
export const PROOF_PARTS = [
  'render',
  'lint',
  'score',
  'mutations',
  'build',
] as const;

const rowId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'A row is named like github-private');

const command = z.array(z.string().min(1)).min(1).max(100);

const reason = z.string().min(10, 'A reason is a sentence');

const relativePath = z
  .string()
  .min(1)
  .max(500)
  .refine(
    path => !path.startsWith('/') && !path.split('/').includes('..'),
    'A path stays inside the repository',
  );

/** A set of values a template is rendered with; all but `id` are merged over the common values. @public */
export const proofRowSchema = z.object({ id: rowId }).catchall(z.json());

/** The languages whose toolchains a build may need. @public */
export const proofToolchainSchema = z.enum(['node', 'python', 'go', 'java']);

/**
 * `proof.yaml`: what a version of a template must show before it is published. Each row of the matrix is rendered and
 * checked; one row is really built.
 *
 * @public
 */
export const templateProofSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    /** The golden path a rendered repository is scored against; absent for a template that makes no whole repository. */
    path: z.string().min(1).optional(),
    /** The level to reach, by default the path's top level. */
    level: z.string().min(1).optional(),
    /**
     * Folder of the template with an existing repository; the render is laid over it. For templates that add to what is
     * there.
     */
    base: relativePath.optional(),
    values: z.record(z.string(), z.json()),
    matrix: z.array(proofRowSchema).min(1).max(100),
    build: z
      .strictObject({
        row: rowId,
        needs: z.array(proofToolchainSchema).min(1),
        commands: z.array(command).min(1).max(20),
        /** How the service starts; absent for what does not run. */
        start: z
          .strictObject({
            command,
            /** Must answer 200 once the service is ready. */
            readyPath: z.string().startsWith('/'),
            env: z.record(z.string(), z.string()).default({}),
          })
          .optional(),
      })
      .optional(),
    /** Findings of outside tools that are accepted, each with the reason. */
    waive: z
      .array(
        z.strictObject({
          tool: z.string().min(1),
          rule: z.string().min(1),
          /** Only in this file of a rendered repository. */
          file: relativePath.optional(),
          reason,
        }),
      )
      .default([]),
  })
  .superRefine(({ matrix, build }, context) => {
    const ids = matrix.map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['matrix', index, 'id'],
          message: `Two rows are called '${id}'`,
        });
      }
    });
    if (build && !ids.includes(build.row)) {
      context.addIssue({
        code: 'custom',
        path: ['build', 'row'],
        message: `No row of the matrix is called '${build.row}'`,
      });
    }
  });

const content = z.string().max(200_000);

/** One change to a rendered repository. @public */
export const mutationEditSchema = z.union([
  /** Every occurrence is replaced; there must be one. */
  z.strictObject({
    file: relativePath,
    replace: z.string().min(1),
    with: content,
  }),
  z.strictObject({ remove: relativePath }),
  z.strictObject({ add: relativePath, content }),
]);

const mutationFields = {
  /** The check that must fail, and no other. */
  check: z.string().min(1),
  /** Row of the matrix, by default the one that is built, else the first. */
  row: rowId.optional(),
  title: z.string().min(1),
};

/** A planted fault: one edit written flat, or several. @public */
export const mutationSchema = z.union([
  z.strictObject({
    ...mutationFields,
    edits: z.array(mutationEditSchema).min(1).max(20),
  }),
  z.strictObject({
    ...mutationFields,
    file: relativePath,
    replace: z.string().min(1),
    with: content,
  }),
  z.strictObject({ ...mutationFields, remove: relativePath }),
  z.strictObject({ ...mutationFields, add: relativePath, content }),
]);

/**
 * `mutations.yaml`: the faults that show that a template's checks can fail. Planting one must flip exactly its check.
 *
 * @public
 */
export const templateMutationsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  mutations: z.array(mutationSchema).min(1).max(500),
  /** Checks no fault can flip in this template, each with the reason. */
  without: z
    .array(z.strictObject({ check: z.string().min(1), reason }))
    .default([]),
});

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
  /** The end of what it printed. */
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
export type TemplateProof = z.infer<typeof templateProofSchema>;
/** @public */
export type TemplateMutations = z.infer<typeof templateMutationsSchema>;
/** @public */
export type TemplateMutation = TemplateMutations['mutations'][number];
/** @public */
export type MutationEdit = z.infer<typeof mutationEditSchema>;
/** @public */
export type ProofPart = (typeof PROOF_PARTS)[number];
/** @public */
export type ProofToolchain = z.infer<typeof proofToolchainSchema>;
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
