import {
  ForgeGapError,
  ForgePart,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

const QUERY = `query ($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    deployments(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { createdAt latestStatus { state } }
    }
  }
}`;

/** @internal */
export const deploymentsAnswerSchema = z.object({
  repository: z.object({
    deployments: z.object({
      nodes: z.array(
        z.object({
          createdAt: z.string(),
          latestStatus: z.object({ state: z.string() }).nullable(),
        }),
      ),
    }),
  }),
});

const DAYS = 90;
/** `INACTIVE` is a success that another deployment has taken the place of. */
const CONCLUDED = ['SUCCESS', 'FAILURE', 'ERROR', 'INACTIVE'];

/** Deployments of the last 90 days, of the newest 100, each with its newest status: one request instead of 101. @internal */
export function deploymentsPart(context: GithubContext): ForgePart {
  const { api, repository, now } = context;
  return {
    paths: ['deployments'],
    needs: 'Deployments: read',
    async read() {
      if (!api.authenticated) {
        throw new ForgeGapError(
          "GitHub tells nobody without credentials about deployments; configure integrations.github with 'Deployments: read'",
        );
      }
      const answer = await api.graphql(
        deploymentsAnswerSchema,
        QUERY,
        placeOf(context),
      );
      return {
        data: {
          deployments: {
            ...describeDeployments(answer, now),
            url: `${repository.html_url}/deployments`,
          },
        },
      };
    },
  };
}

/** @internal */
export function describeDeployments(
  answer: z.infer<typeof deploymentsAnswerSchema>,
  now: Date,
): NonNullable<ForgeData['deployments']> {
  const since = DateTime.fromJSDate(now).minus({ days: DAYS }).toMillis();
  const recent = answer.repository.deployments.nodes.filter(
    ({ createdAt }) => Date.parse(createdAt) >= since,
  );
  return {
    total: recent.length,
    concluded: recent.filter(({ latestStatus }) =>
      CONCLUDED.includes(latestStatus?.state ?? ''),
    ).length,
    newestAt: recent[0]?.createdAt,
  };
}
