import { ForgePart } from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { GitlabContext } from './project';

/** @internal */
export const deploymentSchema = z.object({
  created_at: z.string(),
  status: z.string(),
});

const DAYS = 90;
const CONCLUDED = ['success', 'failed'];

/** Deployments of the last 90 days, the newest 100 at most. @internal */
export function deploymentsPart(context: GitlabContext): ForgePart {
  const { api, project, now } = context;
  return {
    paths: ['deployments'],
    needs: "the scope 'read_api' and the role Reporter",
    async read() {
      const since = DateTime.fromJSDate(now).minus({ days: DAYS }).toJSDate();
      const { items } = await api.list(
        deploymentSchema,
        (client, paging) =>
          client.Deployments.all(project.id, {
            updatedAfter: since.toISOString(),
            orderBy: 'updated_at',
            sort: 'desc',
            ...paging,
          }),
        1,
      );
      return {
        data: {
          deployments: {
            ...describeDeployments(items, since),
            url: `${project.web_url}/-/environments`,
          },
        },
      };
    },
  };
}

/** @internal */
export function describeDeployments(
  deployments: z.infer<typeof deploymentSchema>[],
  since: Date,
): NonNullable<ForgeData['deployments']> {
  const recent = deployments
    .filter(({ created_at: at }) => Date.parse(at) >= +since)
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return {
    total: recent.length,
    concluded: recent.filter(({ status }) => CONCLUDED.includes(status)).length,
    newestAt: recent[0]?.created_at,
  };
}
