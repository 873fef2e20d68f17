import { ConflictError } from '@backstage/errors';
import { ChangeChecks } from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { GiteaSession } from './GiteaSession';

const pullSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean().nullish(),
  draft: z.boolean().nullish(),
  title: z.string(),
  body: z.string().nullish(),
  head: z.object({
    /** The branch, also after it was deleted. */
    label: z.string(),
    repo_id: z.number(),
    sha: z.string(),
  }),
});

/** @internal */
export type GiteaPull = z.infer<typeof pullSchema>;

const combinedSchema = z.object({
  state: z.string().nullish(),
  total_count: z.number().nullish(),
  statuses: z.array(z.unknown()).nullish(),
});

const PAGE_SIZE = 50;
/** Of a branch whose request is older than 1,000 others, there is none. */
const MOST_PAGES = 20;

/** The newest pull request of a branch of the repository itself. Gitea has no filter for it, so pages are looked through. @internal */
export async function findPull(
  session: GiteaSession,
  branch: string,
  state: 'open' | 'all',
): Promise<GiteaPull | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const pulls = await session.ask(
      'read pull requests',
      z.array(pullSchema),
      (repos, owner, repo) =>
        repos.repoListPullRequests(owner, repo, {
          state,
          page,
          limit: PAGE_SIZE,
        }),
    );
    const found = pulls.find(
      ({ head }) =>
        head.label === branch && head.repo_id === session.repositoryId,
    );
    if (found || pulls.length === 0) {
      return found;
    }
  }
  return undefined;
}

/** Opens one, or tells that there is one already. @internal */
export async function createPull(
  session: GiteaSession,
  fields: { head: string; base: string; title: string; body: string },
): Promise<GiteaPull | 'exists'> {
  try {
    return await session.ask(
      'open a pull request',
      pullSchema,
      (repos, owner, repo) => repos.repoCreatePullRequest(owner, repo, fields),
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
  session: GiteaSession,
  pull: GiteaPull,
  fields: { title: string; body: string },
): Promise<GiteaPull> {
  if (pull.title === fields.title && (pull.body ?? '') === fields.body) {
    return pull;
  }
  return session.ask(
    'change a pull request',
    pullSchema,
    (repos, owner, repo) =>
      repos.repoEditPullRequest(owner, repo, pull.number, fields),
  );
}

/** What the statuses of a commit say; `unknown` when there are more than Gitea counts together. @internal */
export async function readStatuses(
  session: GiteaSession,
  sha: string,
): Promise<ChangeChecks> {
  const combined = await session.ask(
    'read commit statuses',
    combinedSchema,
    (repos, owner, repo) =>
      repos.repoGetCombinedStatusByRef(owner, repo, sha, { limit: PAGE_SIZE }),
  );
  const { state, total_count: count, statuses } = combined;
  if (!state || !count) {
    return 'unknown';
  }
  if (state === 'success') {
    return count > (statuses?.length ?? 0) ? 'unknown' : 'passing';
  }
  return state === 'pending' ? 'pending' : 'failing';
}
