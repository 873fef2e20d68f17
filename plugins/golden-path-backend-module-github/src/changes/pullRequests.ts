import { z } from 'zod';
import { githubFailureOf } from './githubFailureOf';
import { GithubSession } from './GithubSession';

const pullSchema = z.object({
  number: z.number(),
  node_id: z.string(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  draft: z.boolean().optional(),
  title: z.string(),
  body: z.string().nullish(),
  merged_at: z.string().nullish(),
  head: z.object({
    sha: z.string(),
    repo: z.object({ full_name: z.string() }).nullish(),
  }),
});

/** @internal */
export type GithubPull = z.infer<typeof pullSchema>;

const CHANGE = {
  doing: 'open a pull request',
  needs: 'Pull requests: write (a classic token: the scope repo)',
};
const READ = {
  doing: 'read pull requests',
  needs: 'Pull requests: read (a classic token: the scope repo)',
};
const MOST_PAGES = 2;

const TO_DRAFT = `mutation($id: ID!) {
  convertPullRequestToDraft(input: { pullRequestId: $id }) { clientMutationId }
}`;
const TO_READY = `mutation($id: ID!) {
  markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId }
}`;

/** The pull requests of a branch of the repository itself, the newest first. @internal */
export async function listPulls(
  session: GithubSession,
  branch: string,
): Promise<GithubPull[]> {
  const { api, place } = session;
  const { items } = await session.run(READ, () =>
    api.list(
      pullSchema,
      'GET /repos/{owner}/{repo}/pulls',
      {
        ...place,
        head: `${place.owner}:${branch}`,
        state: 'all',
        sort: 'created',
        direction: 'desc',
      },
      MOST_PAGES,
    ),
  );
  // The owner may have a fork with a branch of the same name
  return items.filter(
    ({ head }) =>
      head.repo?.full_name.toLowerCase() === session.name.toLowerCase(),
  );
}

/** Opens one, or tells that the repository has no drafts, or that there is one already. @internal */
export async function createPull(
  session: GithubSession,
  fields: {
    head: string;
    base: string;
    title: string;
    body: string;
    draft: boolean;
  },
): Promise<GithubPull | 'no drafts' | 'exists'> {
  return session.run(CHANGE, async () => {
    try {
      return await session.api.send(
        pullSchema,
        'POST /repos/{owner}/{repo}/pulls',
        { ...session.place, ...fields },
      );
    } catch (error) {
      const failure = githubFailureOf(error);
      if (failure?.status === 422 && /draft pull req/i.test(failure.said)) {
        return 'no drafts';
      }
      if (failure?.status === 422 && /already exists/i.test(failure.said)) {
        return 'exists';
      }
      throw error;
    }
  });
}

/** @internal */
export async function editPull(
  session: GithubSession,
  pull: GithubPull,
  fields: { title: string; body: string },
): Promise<GithubPull> {
  if (pull.title === fields.title && (pull.body ?? '') === fields.body) {
    return pull;
  }
  return session.run({ ...CHANGE, doing: 'change a pull request' }, () =>
    session.api.send(
      pullSchema,
      'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
      { ...session.place, pull_number: pull.number, ...fields },
    ),
  );
}

/** Makes it a draft; `false` where GitHub does not, as on plans without drafts, of which it says that nobody may. @internal */
export async function convertToDraft(
  session: GithubSession,
  pull: GithubPull,
): Promise<boolean> {
  return session.run(CHANGE, async () => {
    try {
      await session.api.graphql(z.unknown(), TO_DRAFT, { id: pull.node_id });
      return true;
    } catch (error) {
      const failure = githubFailureOf(error);
      if (!failure?.limited && [403, 422].includes(failure?.status ?? 0)) {
        return false;
      }
      throw error;
    }
  });
}

/** @internal */
export async function markReady(
  session: GithubSession,
  pull: GithubPull,
): Promise<void> {
  await session.run(
    {
      doing: 'mark a pull request as ready',
      needs: 'Pull requests: write and Contents: write',
    },
    () => session.api.graphql(z.unknown(), TO_READY, { id: pull.node_id }),
  );
}
