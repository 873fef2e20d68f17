import { z } from 'zod';

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
