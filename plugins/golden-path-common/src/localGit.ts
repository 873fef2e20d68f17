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

/** What became of a change request. @public */
export const changeRequestStateSchema = z.enum(['open', 'merged', 'closed']);

const branchNameSchema = z.string().min(1).max(255);

/** One line without control characters. */
const requestTitleSchema = z
  .string()
  .trim()
  .min(1)
  .max(300)
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'A title is one line of plain text');

const requestBodySchema = z
  .string()
  .max(65_536)
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000]*$/, 'A body must not hold a NUL character');

/**
 * `PUT /api/local-git/repositories/{name}/requests`: asks for a branch to be merged. Idempotent by `sourceBranch`: its
 * open request is brought up to date; after that was merged or closed a new one is opened.
 * @public
 */
export const putChangeRequestSchema = z.strictObject({
  sourceBranch: branchNameSchema,
  targetBranch: branchNameSchema.default('main'),
  title: requestTitleSchema,
  /** Markdown. */
  body: requestBodySchema.default(''),
  draft: z.boolean().default(false),
});

/** A branch that somebody asks to be merged into another. @public */
export const changeRequestSchema = z.object({
  /** Counts up from 1 in each repository. */
  number: z.number(),
  repository: repositoryNameSchema,
  sourceBranch: z.string(),
  targetBranch: z.string(),
  title: z.string(),
  /** Markdown, as it was sent. */
  body: z.string(),
  draft: z.boolean(),
  state: changeRequestStateSchema,
  /** Entity reference of a user, or `plugin:<id>`. */
  createdBy: z.string(),
  createdAt: z.string(),
  /** Who merged or pushed the merge; `null` when it is not merged or that was not seen. */
  mergedBy: z.string().nullable(),
  mergedAt: z.string().nullable(),
  /** The commit that this service made; `null` when a push merged it. */
  mergeCommit: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** Page on which people look at it. */
  url: z.string(),
  /** Whether the caller may merge, close and reopen it, and mark it ready or a draft. */
  canMerge: z.boolean(),
});

/** `GET /api/local-git/repositories/{name}/requests?state=&branch=`: the newest 100, newest first. @public */
export const changeRequestsResponseSchema = z.object({
  items: z.array(changeRequestSchema),
  /** How many there are in all, whatever the filter. */
  counts: z.object({
    open: z.number(),
    merged: z.number(),
    closed: z.number(),
  }),
});

/** A file that a change request adds, changes, deletes or moves. @public */
export const changedFileSchema = z.object({
  path: z.string(),
  /** Where it was before, when it was moved. */
  movedFrom: z.string().optional(),
  /** `mode`: the content is the same, the mode (such as executable) is not. */
  status: z.enum(['added', 'changed', 'deleted', 'moved', 'mode']),
  binary: z.boolean(),
  /** Lines; 0 for binary files. */
  additions: z.number(),
  deletions: z.number(),
  /** Unified diff with its `diff --git` head; absent where nothing of it fits into the answer. */
  patch: z.string().optional(),
  /** Whether the patch ends early or is left out for its size. */
  truncated: z.boolean(),
});

/** `GET /api/local-git/repositories/{name}/requests/{number}`. @public */
export const changeRequestDetailsSchema = z.object({
  request: changeRequestSchema,
  /** The commit compared: the newest of the source branch, or what it was when the request was merged or closed. */
  head: z.string(),
  /** The commit of the target branch that it is compared with. */
  target: z.string(),
  /** Where the two part; `null` when they have no history in common. */
  mergeBase: z.string().nullable(),
  /** What the source branch has and the target has not, newest first; at most 250. */
  commits: z.array(commitSchema),
  /** Commits that the target branch has and the source has not. */
  behind: z.number(),
  /** At most 3,000. */
  files: z.array(changedFileSchema),
  /** Files there are in all. */
  changedFiles: z.number(),
  /** Whether a file or a part of a patch is left out for its size. */
  truncated: z.boolean(),
  /** `unknown` for requests that are not open, and where git cannot tell. */
  mergeable: z.enum(['clean', 'conflicts', 'unknown']),
  /** Paths that both sides changed in ways that git cannot bring together. */
  conflicts: z.array(z.string()),
});

/** What can be done to a change request, as the last segment of its address. @public */
export const changeRequestActionSchema = z.enum([
  'merge',
  'close',
  'reopen',
  'ready',
  'draft',
]);

/** `POST /api/local-git/repositories/{name}/requests/{number}/{action}`. @public */
export const changeRequestActionBodySchema = z.strictObject({
  /** Of a merge: the source commit that was looked at. When the branch has moved on since, nothing is merged. */
  head: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'A head is a full commit sha')
    .optional(),
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
/** @public */
export type ChangeRequestStatus = z.infer<typeof changeRequestStateSchema>;
/** @public */
export type PutChangeRequest = z.input<typeof putChangeRequestSchema>;
/** @public */
export type ChangeRequest = z.infer<typeof changeRequestSchema>;
/** @public */
export type ChangeRequestsResponse = z.infer<
  typeof changeRequestsResponseSchema
>;
/** @public */
export type ChangedFile = z.infer<typeof changedFileSchema>;
/** @public */
export type ChangeRequestDetails = z.infer<typeof changeRequestDetailsSchema>;
/** @public */
export type ChangeRequestAction = z.infer<typeof changeRequestActionSchema>;
/** @public */
export type ChangeRequestActionBody = z.infer<
  typeof changeRequestActionBodySchema
>;
