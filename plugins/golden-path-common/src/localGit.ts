import { z } from 'zod';

/** Topic on which a served repository's pushes are announced. @public */
export const REPOSITORY_PUSHED_TOPIC = 'local-git.push';

/** Name of a served repository: it becomes a folder and a URL segment. @public */
export const repositoryNameSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "A repository name is 1 to 63 lower-case letters, digits or '-', and starts and ends with a letter or digit",
  );

/** Payload of {@link REPOSITORY_PUSHED_TOPIC}. @public */
export const repositoryPushedSchema = z.object({
  repository: repositoryNameSchema,
  /** Address under which the repository's files are read, without a ref; every file URL starts with it. */
  url: z.string(),
  branch: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** A served repository. @public */
export const repositorySchema = z.object({
  name: repositoryNameSchema,
  description: z.string(),
  defaultBranch: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  cloneUrl: z.string(),
  /** Address of the files on the default branch, as the URL reader takes it. */
  treeUrl: z.string(),
  /** Whether the caller may be given a push token. */
  canPush: z.boolean(),
});

/** `GET /api/local-git/repositories`. @public */
export const repositoriesResponseSchema = z.object({
  items: z.array(repositorySchema),
});

/** `POST /api/local-git/repositories`: idempotent by `idempotencyKey`. @public */
export const createRepositoryRequestSchema = z.strictObject({
  name: repositoryNameSchema,
  description: z.string().max(500).default(''),
  /** The entity that owns the repository; its members may be given push tokens. */
  owner: z.string().min(1).max(200).optional(),
  idempotencyKey: z.string().min(1).max(200),
});

/** A push token; shown once, stored only as a digest. @public */
export const pushTokenSchema = z.object({
  token: z.string(),
  expiresAt: z.string(),
});

/** Reply to {@link createRepositoryRequestSchema}, with the token the create run pushes with. @public */
export const createRepositoryResponseSchema = z.object({
  repository: repositorySchema,
  push: pushTokenSchema,
});

/** A commit of a served repository. @public */
export const commitSchema = z.object({
  sha: z.string(),
  subject: z.string(),
  author: z.string(),
  at: z.string(),
});

/** `GET /api/local-git/repositories/{name}/commits`, newest first. @public */
export const commitsResponseSchema = z.object({
  items: z.array(commitSchema),
});

/** `GET /api/local-git/repositories/{name}/files?ref=&path=`: the entries of one folder. @public */
export const filesResponseSchema = z.object({
  ref: z.string(),
  path: z.string(),
  items: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      type: z.enum(['file', 'folder', 'symlink', 'submodule']),
      size: z.number().nullable(),
    }),
  ),
});

/** `GET /api/local-git/repositories/{name}/content?ref=&path=`. `text` is `null` for binary or large files. @public */
export const fileContentResponseSchema = z.object({
  ref: z.string(),
  path: z.string(),
  size: z.number(),
  text: z.string().nullable(),
});

/** @public */
export type RepositoryPushed = z.infer<typeof repositoryPushedSchema>;
/** @public */
export type Repository = z.infer<typeof repositorySchema>;
/** @public */
export type RepositoriesResponse = z.infer<typeof repositoriesResponseSchema>;
/** @public */
export type CreateRepositoryRequest = z.input<
  typeof createRepositoryRequestSchema
>;
/** @public */
export type CreateRepositoryResponse = z.infer<
  typeof createRepositoryResponseSchema
>;
/** @public */
export type PushToken = z.infer<typeof pushTokenSchema>;
/** @public */
export type CommitsResponse = z.infer<typeof commitsResponseSchema>;
/** @public */
export type FilesResponse = z.infer<typeof filesResponseSchema>;
/** @public */
export type FileContentResponse = z.infer<typeof fileContentResponseSchema>;
