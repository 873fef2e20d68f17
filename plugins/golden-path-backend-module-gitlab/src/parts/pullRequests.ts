import {
  ForgeAccount,
  ForgePart,
  MergedChange,
  summarizeMergedChanges,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { GitlabContext } from './project';

const user = z.object({ username: z.string() });

/** @internal */
export const mergeRequestSchema = z.object({
  iid: z.number(),
  title: z.string(),
  description: z.string().nullish(),
  merged_at: z.string().nullish(),
  author: user.nullish(),
});

/** @internal */
export const approvalsSchema = z.object({
  approved_by: z.array(z.object({ user })),
});

/** @internal */
export const commitSchema = z.object({ message: z.string() });

type MergeRequest = z.infer<typeof mergeRequestSchema>;

const DAYS = 28;
/** Each takes two requests more. @internal */
export const MOST_MERGE_REQUESTS = 50;
/** How GitLab calls the accounts of access tokens and of services. */
const BOT = /^(?:project|group)_\d+_bot|^service_account_|[-_]bot$/i;

/** Merge requests merged into the default branch in the last 28 days, the newest 50 at most, with their approvals. @internal */
export function pullRequestsPart(context: GitlabContext): ForgePart {
  const { api, project, defaultBranch, now } = context;
  return {
    paths: ['pullRequests'],
    needs: "the scope 'read_api' and the role Reporter",
    async read() {
      const since = DateTime.fromJSDate(now).minus({ days: DAYS }).toJSDate();
      const { items } = await api.list(
        mergeRequestSchema,
        (client, paging) =>
          client.MergeRequests.all({
            projectId: project.id,
            state: 'merged',
            targetBranch: defaultBranch,
            updatedAfter: since.toISOString(),
            orderBy: 'updated_at',
            ...paging,
          }),
        2,
      );
      const merged = items
        .filter(({ merged_at: at }) => at && Date.parse(at) >= +since)
        .slice(0, MOST_MERGE_REQUESTS);
      const changes: MergedChange[] = [];
      for (const mergeRequest of merged) {
        changes.push(await readChange(context, mergeRequest));
      }
      return {
        data: {
          pullRequests: {
            ...summarizeMergedChanges(changes),
            url: `${project.web_url}/-/merge_requests?state=merged`,
          },
        },
      };
    },
  };
}

async function readChange(
  { api, project }: GitlabContext,
  mergeRequest: MergeRequest,
): Promise<MergedChange> {
  const { iid, title, description, author } = mergeRequest;
  const approvals = await api.get(approvalsSchema, client =>
    client.MergeRequestApprovals.showConfiguration(project.id, {
      mergerequestIId: iid,
    }),
  );
  const commits = await api.list(
    commitSchema,
    (client, paging) =>
      client.MergeRequests.allCommits(project.id, iid, paging),
    1,
  );
  return {
    author: author ? toAccount(author) : undefined,
    description: `${title}\n${description ?? ''}`,
    commitMessages: commits.items.map(({ message }) => message),
    approvedBy: approvals.approved_by.map(approval => toAccount(approval.user)),
  };
}

function toAccount({ username }: z.infer<typeof user>): ForgeAccount {
  return { login: username, bot: BOT.test(username) };
}
