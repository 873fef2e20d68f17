import { z } from 'zod';

/** Longest accepted id, reference or name, in UTF-16 units. */
const MAX_TEXT = 2_048;
/** Longest accepted id or source of an event, in bytes of UTF-8: both together fit into the index of a database. */
const MAX_KEY_BYTES = 1_000;
/** Longest accepted description or error text, in UTF-16 units. */
const MAX_PROSE = 65_536;

const textSchema = z
  .string({ error: 'must be a text' })
  .min(1, 'must not be empty')
  .max(MAX_TEXT, `must not be longer than ${MAX_TEXT} characters`)
  .refine(text => !text.includes('\0'), 'must not hold a NUL character');

const keySchema = textSchema.refine(
  text => new TextEncoder().encode(text).length <= MAX_KEY_BYTES,
  `must not be longer than ${MAX_KEY_BYTES} bytes`,
);

const proseSchema = z
  .string({ error: 'must be a text' })
  .max(MAX_PROSE, `must not be longer than ${MAX_PROSE} characters`);

const instantSchema = z.iso.datetime({
  offset: true,
  error:
    'must be a date and time with Z or an offset, such as 2026-01-05T10:00:00Z (RFC 3339)',
});

const referenceSchema = z.looseObject({
  id: textSchema,
  source: textSchema.optional(),
});

const disclosureSchema = z.enum(
  ['ai-assisted', 'no-disclosure', 'automation'],
  { error: "must be 'ai-assisted', 'no-disclosure' or 'automation'" },
);

const countSchema = z
  .int({ error: 'must be a whole number' })
  .nonnegative('must not be negative');

/**
 * What CDEvents itself cannot say, under `customData.goldenPath`. All keys are optional; an unknown key is
 * refused, since a misspelt one would silently change a number.
 */
export const goldenPathDataSchema = z.strictObject({
  /** Backstage entity reference, `[kind:][namespace/]name`; kind defaults to component. */
  entityRef: z
    .string({ error: 'must be a text' })
    .max(255, 'must not be longer than 255 characters')
    .regex(
      /^(?:[a-z][a-z0-9]*:)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\/)?[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i,
      'must be an entity reference such as component:default/checkout',
    )
    .optional(),
  sha: textSchema.optional(),
  aiAssisted: z.boolean({ error: 'must be true or false' }).optional(),
  /** Cost of what the event tells of, in US dollars. */
  costUsd: z
    .number({ error: 'must be a number' })
    .nonnegative('must not be negative')
    .optional(),
  /** 1 for the first attempt. */
  attempt: z
    .int({ error: 'must be a whole number' })
    .positive('must be 1 or more')
    .optional(),
  deploymentId: textSchema.optional(),
  outcome: z
    .enum(['success', 'failure'], { error: "must be 'success' or 'failure'" })
    .optional(),
  reachedProduction: z.boolean({ error: 'must be true or false' }).optional(),
  kind: z
    .enum(['deploy', 'rollback', 'hotfix'], {
      error: "must be 'deploy', 'rollback' or 'hotfix'",
    })
    .optional(),
  /** The deployment that is taken back, by its deployment id. */
  rollbackOf: textSchema.optional(),
  /** Incidents this deployment was made for, by incident id. */
  fixes: z
    .array(textSchema, { error: 'must be a list of incident ids' })
    .max(100, 'must not name more than 100 incidents')
    .optional(),
  /** Changes this deployment ships. */
  changes: z
    .array(
      z.strictObject({
        sha: textSchema,
        /** Author time of the change's first commit. */
        committedAt: instantSchema.optional(),
        mergedAt: instantSchema.optional(),
        disclosure: disclosureSchema.optional(),
        linesChanged: countSchema.optional(),
      }),
      { error: 'must be a list of changes' },
    )
    .max(5_000, 'must not list more than 5000 changes')
    .optional(),
  causedBy: z
    .strictObject({
      deploymentId: textSchema.optional(),
      sha: textSchema.optional(),
    })
    .refine(cause => Boolean(cause.deploymentId ?? cause.sha), {
      message: "must name 'deploymentId' or 'sha'",
    })
    .optional(),
  changeRelated: z.boolean({ error: 'must be true or false' }).optional(),
  /** When the run began that the event tells the end of. */
  startedAt: instantSchema.optional(),
  trigger: z
    .enum(['automatic', 'manual'], {
      error: "must be 'automatic' or 'manual'",
    })
    .optional(),
  url: textSchema.optional(),
  disclosure: disclosureSchema.optional(),
  /** Lines added and removed by the change. */
  linesChanged: countSchema.optional(),
  /** An incident event that is an alert of an error budget. */
  burnAlert: z
    .strictObject({
      objective: textSchema,
      severity: z.enum(['page', 'ticket'], {
        error: "must be 'page' or 'ticket'",
      }),
    })
    .optional(),
  /** Files a change touches, below the repository's root: they tell apart the entities of one repository. */
  paths: z
    .array(textSchema, { error: 'must be a list of paths' })
    .max(1_000, 'must not list more than 1000 paths')
    .optional(),
  /** Whether who decided an approval is outside the group that owns the entity. */
  byOthers: z.boolean({ error: 'must be true or false' }).optional(),
});

/**
 * The JSON body of a CDEvent: 0.4 with `context.version` and `subject.type`, 0.5 and later with
 * `context.specversion`. Strict where a number rests on it, loose elsewhere; `customData.goldenPath` has a
 * schema of its own.
 */
export const cdeventSchema = z.looseObject(
  {
    context: z.looseObject(
      {
        version: textSchema.optional(),
        specversion: textSchema.optional(),
        id: keySchema,
        source: keySchema,
        type: textSchema,
        timestamp: instantSchema,
        chainId: textSchema.optional(),
        links: z
          .array(
            z.looseObject({
              linkType: textSchema,
              linkKind: textSchema.optional(),
              from: z
                .looseObject({ contextId: textSchema.optional() })
                .optional(),
              target: z
                .looseObject({ contextId: textSchema.optional() })
                .optional(),
            }),
          )
          .max(200, 'must not hold more than 200 links')
          .optional(),
      },
      { error: 'must be an object' },
    ),
    subject: z.looseObject(
      {
        id: textSchema,
        source: textSchema.optional(),
        type: textSchema.optional(),
        content: z.looseObject(
          {
            environment: referenceSchema.optional(),
            service: referenceSchema.optional(),
            repository: referenceSchema.optional(),
            change: referenceSchema.optional(),
            artifactId: textSchema.optional(),
            outcome: textSchema.optional(),
            decision: textSchema.optional(),
            status: textSchema.optional(),
            pipelineName: z.string().optional(),
            description: proseSchema.optional(),
          },
          { error: 'must be an object' },
        ),
      },
      { error: 'must be an object' },
    ),
    customData: z
      .union(
        [z.looseObject({ goldenPath: z.unknown().optional() }), z.string()],
        {
          error: 'must be an object or a base64 text',
        },
      )
      .optional(),
  },
  { error: 'must be a JSON object' },
);

/** What CDEvents itself cannot say, under `customData.goldenPath`. @public */
export type GoldenPathData = z.infer<typeof goldenPathDataSchema>;
export type Cdevent = z.infer<typeof cdeventSchema>;
