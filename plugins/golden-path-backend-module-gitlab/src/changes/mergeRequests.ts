import { ChangeChecks } from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { gitlabFailureOf, GitlabSession } from './GitlabSession';

const mergeRequestSchema = z.object({
  iid: z.number(),
  web_url: z.string(),
  /** `locked` while it is merged. */
  state: z.enum(['opened', 'closed', 'merged', 'locked']),
  title: z.string(),
  description: z.string().nullish(),
  draft: z.boolean().optional(),
  source_project_id: z.number().nullish(),
});

/** @internal */
export type GitlabMergeRequest = z.infer<typeof mergeRequestSchema>;

const pipelineSchema = z.object({
  sha: z.string().nullish(),
  head_pipeline: z
    .object({ sha: z.string(), ref: z.string().nullish(), status: z.string() })
    .nullish(),
});

const MOST_PAGES = 2;
/** The commit of a pipeline for merged results is not the branch's own. */
const MERGED_RESULT = /^refs\/merge-requests\//;

/** The merge requests of a branch of the project itself, the newest first. @internal */
export async function listMergeRequests(
  session: GitlabSession,
  branch: string,
): Promise<GitlabMergeRequest[]> {
  const { api, projectId } = session;
  const { items } = await session.run('read merge requests', () =>
    api.list(
      mergeRequestSchema,
      (client, paging) =>
        client.MergeRequests.all({
          projectId,
          sourceBranch: branch,
          scope: 'all',
          orderBy: 'created_at',
          sort: 'desc',
          ...paging,
        }),
      MOST_PAGES,
    ),
  );
  // A fork may have a branch of the same name
  return items.filter(({ source_project_id: id }) => id === projectId);
}

/** Opens one, or tells that there is one already. @internal */
export async function createMergeRequest(
  session: GitlabSession,
  fields: {
    source: string;
    target: string;
    title: string;
    description: string;
  },
): Promise<GitlabMergeRequest | 'exists'> {
  const { source, target, title, description } = fields;
  return session.run('open a merge request', async () => {
    try {
      return await session.api.get(mergeRequestSchema, client =>
        client.MergeRequests.create(session.projectId, source, target, title, {
          description,
        }),
      );
    } catch (error) {
      if (gitlabFailureOf(error)?.status === 409) {
        return 'exists';
      }
      throw error;
    }
  });
}

/** @internal */
export async function editMergeRequest(
  session: GitlabSession,
  request: GitlabMergeRequest,
  fields: { title: string; description: string },
): Promise<GitlabMergeRequest> {
  const { title, description } = fields;
  if (request.title === title && (request.description ?? '') === description) {
    return request;
  }
  return session.run('change a merge request', () =>
    session.api.get(mergeRequestSchema, client =>
      client.MergeRequests.edit(session.projectId, request.iid, fields),
    ),
  );
}

/** What the newest pipeline of a merge request says; `unknown` when it is of an older commit. @internal */
export async function readPipeline(
  session: GitlabSession,
  { iid }: GitlabMergeRequest,
): Promise<ChangeChecks> {
  const { sha, head_pipeline: pipeline } = await session.run(
    'read pipelines',
    () =>
      session.api.get(pipelineSchema, client =>
        client.MergeRequests.show(session.projectId, iid),
      ),
  );
  const isNewest =
    pipeline &&
    (pipeline.sha === sha || MERGED_RESULT.test(pipeline.ref ?? ''));
  return isNewest ? checksOf(pipeline.status) : 'unknown';
}

function checksOf(status: string): ChangeChecks {
  switch (status) {
    case 'success':
      return 'passing';
    case 'failed':
    case 'canceled':
      return 'failing';
    case 'skipped':
      return 'unknown';
    default:
      return 'pending';
  }
}
