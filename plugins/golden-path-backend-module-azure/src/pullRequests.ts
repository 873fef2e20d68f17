import { ConflictError } from '@backstage/errors';
import { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import { AzureSession, refOf } from './AzureSession';

const pullSchema = z.object({
  pullRequestId: z.number(),
  status: z.enum(PullRequestStatus),
  isDraft: z.boolean().nullish(),
  title: z.string(),
  /** In lists no more than its beginning. */
  description: z.string().nullish(),
  forkSource: z.unknown().optional(),
});

/** @internal */
export type AzurePull = z.infer<typeof pullSchema>;

/** @internal */
export interface AzurePullFields {
  title: string;
  description: string;
  isDraft: boolean;
}

const MOST = 100;

/** The pull requests of a branch of the repository itself, the newest first. @internal */
export async function listPulls(
  session: AzureSession,
  branch: string,
): Promise<AzurePull[]> {
  const { repositoryId, projectId } = session;
  const pulls = await session.ask(
    'read pull requests',
    z.array(pullSchema),
    ({ git }) =>
      git.getPullRequests(
        repositoryId,
        { sourceRefName: refOf(branch), status: PullRequestStatus.All },
        projectId,
        undefined,
        0,
        MOST,
      ),
  );
  // A fork may have a branch of the same name
  return pulls
    .filter(({ forkSource }) => !forkSource)
    .sort((one, other) => other.pullRequestId - one.pullRequestId);
}

/** Opens one, or tells that there is one already. @internal */
export async function createPull(
  session: AzureSession,
  branches: { source: string; target: string },
  fields: AzurePullFields,
): Promise<AzurePull | 'exists'> {
  const { repositoryId, projectId } = session;
  try {
    return await session.ask('open a pull request', pullSchema, ({ git }) =>
      git.createPullRequest(
        {
          ...fields,
          sourceRefName: refOf(branches.source),
          targetRefName: refOf(branches.target),
        },
        repositoryId,
        projectId,
      ),
    );
  } catch (error) {
    if (error instanceof ConflictError) {
      return 'exists';
    }
    throw error;
  }
}

/** @internal */
export async function editPull(
  session: AzureSession,
  { pullRequestId }: AzurePull,
  fields: AzurePullFields,
): Promise<AzurePull> {
  const { repositoryId, projectId } = session;
  const pull = await session.ask('read a pull request', pullSchema, ({ git }) =>
    git.getPullRequest(repositoryId, pullRequestId, projectId),
  );
  if (
    pull.title === fields.title &&
    (pull.description ?? '') === fields.description &&
    Boolean(pull.isDraft) === fields.isDraft
  ) {
    return pull;
  }
  return session.ask('change a pull request', pullSchema, ({ git }) =>
    git.updatePullRequest(fields, repositoryId, pullRequestId, projectId),
  );
}
