import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GitlabApi } from '../api/GitlabApi';

const projectSchema = z.object({
  id: z.number(),
  web_url: z.string(),
  visibility: z.enum(['public', 'internal', 'private']),
  archived: z.boolean().optional(),
  default_branch: z.string().nullish(),
  only_allow_merge_if_pipeline_succeeds: z.boolean().nullish(),
  ci_push_repository_for_job_token_allowed: z.boolean().nullish(),
  pre_receive_secret_detection_enabled: z.boolean().nullish(),
  secret_push_protection_enabled: z.boolean().nullish(),
});

/** What the first request tells of a project. @internal */
export type GitlabProject = z.infer<typeof projectSchema>;

/** What every part is given. @internal */
export interface GitlabContext {
  api: GitlabApi;
  project: GitlabProject;
  defaultBranch: string;
  now: Date;
}

/** @internal */
export async function readProject(
  api: GitlabApi,
  path: string,
): Promise<GitlabProject> {
  return api.get(projectSchema, client => client.Projects.show(path));
}

/** Undefined for a project that nothing was ever pushed to. @internal */
export function describeProject(
  project: GitlabProject,
):
  | Pick<
      ForgeData,
      'system' | 'url' | 'visibility' | 'archived' | 'defaultBranch'
    >
  | undefined {
  return project.default_branch
    ? {
        system: 'gitlab',
        url: project.web_url,
        visibility: project.visibility,
        archived: project.archived ?? false,
        defaultBranch: project.default_branch,
      }
    : undefined;
}
