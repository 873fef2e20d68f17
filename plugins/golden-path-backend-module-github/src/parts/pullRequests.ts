import {
  ForgeAccount,
  ForgeGapError,
  ForgePart,
  MergedChange,
  summarizeMergedChanges,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

const QUERY = `query ($owner: String!, $repo: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(
      first: 50
      after: $after
      states: [MERGED]
      baseRefName: $branch
      orderBy: { field: UPDATED_AT, direction: DESC }
    ) {
      pageInfo { hasNextPage endCursor }
      nodes {
        title
        body
        mergedAt
        updatedAt
        author { __typename login }
        mergeCommit { message }
        commits(last: 20) { nodes { commit { message } } }
        reviews(first: 50, states: [APPROVED]) {
          nodes { author { __typename login } }
        }
      }
    }
  }
}`;

const actor = z
  .object({ __typename: z.string(), login: z.string() })
  .nullable();

const pullRequestSchema = z.object({
  title: z.string(),
  body: z.string(),
  mergedAt: z.string(),
  updatedAt: z.string(),
  author: actor,
  mergeCommit: z.object({ message: z.string() }).nullable(),
  commits: z.object({
    nodes: z.array(z.object({ commit: z.object({ message: z.string() }) })),
  }),
  reviews: z.object({ nodes: z.array(z.object({ author: actor })) }),
});

type PullRequest = z.infer<typeof pullRequestSchema>;

/** @internal */
export const pullRequestsAnswerSchema = z.object({
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({
        hasNextPage: z.boolean(),
        endCursor: z.string().nullable(),
      }),
      nodes: z.array(pullRequestSchema),
    }),
  }),
});

const DAYS = 28;
const MOST_PAGES = 4;
/** As the contract of the fact says. @internal */
export const MOST_PULL_REQUESTS = 100;

/** Pull requests merged into the default branch in the last 28 days, at most 100, with their approvals. @internal */
export function pullRequestsPart(context: GithubContext): ForgePart {
  const { api, repository, now } = context;
  return {
    paths: ['pullRequests'],
    needs: 'Pull requests: read, Contents: read',
    async read() {
      if (!api.authenticated) {
        throw new ForgeGapError(
          "Without credentials each pull request would cost a request of its own; configure integrations.github with 'Pull requests: read'",
        );
      }
      const since = DateTime.fromJSDate(now).minus({ days: DAYS }).toJSDate();
      const merged = await readMerged(context, since);
      return {
        data: {
          pullRequests: {
            ...summarizeMergedChanges(merged.map(toMergedChange)),
            url: `${repository.html_url}/pulls?q=${encodeURIComponent(
              `is:pr is:merged merged:>=${since.toISOString().slice(0, 10)}`,
            )}`,
          },
        },
      };
    },
  };
}

/** Whatever was merged since then was also updated since then, so the first older update ends the search. */
async function readMerged(
  context: GithubContext,
  since: Date,
): Promise<PullRequest[]> {
  const merged: PullRequest[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer: z.infer<typeof pullRequestsAnswerSchema> =
      await context.api.graphql(pullRequestsAnswerSchema, QUERY, {
        ...placeOf(context),
        branch: context.repository.default_branch,
        after,
      });
    const { nodes, pageInfo } = answer.repository.pullRequests;
    merged.push(
      ...nodes.filter(({ mergedAt }) => Date.parse(mergedAt) >= +since),
    );
    const oldest = nodes.at(-1)?.updatedAt;
    if (
      !pageInfo.hasNextPage ||
      merged.length >= MOST_PULL_REQUESTS ||
      (oldest && Date.parse(oldest) < +since)
    ) {
      break;
    }
    after = pageInfo.endCursor;
  }
  return merged.slice(0, MOST_PULL_REQUESTS);
}

/** @internal */
export function toMergedChange(pullRequest: PullRequest): MergedChange {
  const { title, body, author, mergeCommit, commits, reviews } = pullRequest;
  return {
    author: toAccount(author),
    description: `${title}\n${body}`,
    commitMessages: [
      ...(mergeCommit ? [mergeCommit.message] : []),
      ...commits.nodes.map(({ commit }) => commit.message),
    ],
    approvedBy: reviews.nodes.flatMap(review => toAccount(review.author) ?? []),
  };
}

function toAccount(account: z.infer<typeof actor>): ForgeAccount | undefined {
  return account
    ? { login: account.login, bot: account.__typename === 'Bot' }
    : undefined;
}
