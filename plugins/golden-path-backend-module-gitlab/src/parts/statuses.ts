import { z } from 'zod';
import { GitlabContext } from './project';

/** @internal */
export const statusSchema = z.object({
  name: z.string(),
  status: z.string(),
  target_url: z.string().nullish(),
  allow_failure: z.boolean().nullish(),
});

/** @internal */
export type CommitStatus = z.infer<typeof statusSchema>;

const MOST_PAGES = 3;

/** What is reported on the newest commit of the default branch: its jobs, and what other systems say. @internal */
export async function readStatuses({
  api,
  project,
  defaultBranch,
}: GitlabContext): Promise<{ items: CommitStatus[]; complete: boolean }> {
  const branch = await api.get(
    z.object({ commit: z.object({ id: z.string() }) }),
    client => client.Branches.show(project.id, defaultBranch),
  );
  return api.list(
    statusSchema,
    (client, paging) =>
      client.Commits.allStatuses(project.id, branch.commit.id, paging),
    MOST_PAGES,
  );
}
