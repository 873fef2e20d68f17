import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GithubApi } from '../api/GithubApi';

const setting = z.object({ status: z.string().optional() }).nullish();

const repositorySchema = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  html_url: z.string(),
  private: z.boolean(),
  visibility: z.enum(['public', 'internal', 'private']).optional(),
  archived: z.boolean(),
  default_branch: z.string(),
  security_and_analysis: z
    .object({
      secret_scanning: setting,
      secret_scanning_push_protection: setting,
    })
    .nullish(),
});

/** What the first request tells of a repository. @internal */
export type GithubRepository = z.infer<typeof repositorySchema>;

/** What every part is given. @internal */
export interface GithubContext {
  api: GithubApi;
  repository: GithubRepository;
  now: Date;
}

/** @internal */
export async function readRepository(
  api: GithubApi,
  place: { owner: string; repo: string },
): Promise<GithubRepository> {
  return api.get(repositorySchema, 'GET /repos/{owner}/{repo}', place);
}

/** Path parameters; the owner and name GitHub has now, which a URL from before a rename has not. @internal */
export function placeOf({ repository }: GithubContext): {
  owner: string;
  repo: string;
} {
  return { owner: repository.owner.login, repo: repository.name };
}

/** @internal */
export function describeRepository(
  repository: GithubRepository,
): Pick<
  ForgeData,
  'system' | 'url' | 'visibility' | 'archived' | 'defaultBranch'
> {
  return {
    system: 'github',
    url: repository.html_url,
    visibility:
      repository.visibility ?? (repository.private ? 'private' : 'public'),
    archived: repository.archived,
    defaultBranch: repository.default_branch,
  };
}
