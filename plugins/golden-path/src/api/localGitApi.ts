import { createApiRef } from '@backstage/core-plugin-api';
import type {
  CommitsResponse,
  FileContentResponse,
  FilesResponse,
  PushToken,
  RepositoriesResponse,
  Repository,
} from '@goldenpath/backstage-plugin-golden-path-common';

/** A place in a repository; without `ref` the default branch, without `path` the root. @public */
export interface RepositoryPlace {
  ref?: string;
  path?: string;
}

/** What the repository pages ask of `/api/local-git`. @public */
export interface LocalGitApi {
  listRepositories(): Promise<RepositoriesResponse>;
  getRepository(name: string): Promise<Repository>;
  getCommits(name: string): Promise<CommitsResponse>;
  getFiles(name: string, place: RepositoryPlace): Promise<FilesResponse>;
  getContent(
    name: string,
    place: RepositoryPlace,
  ): Promise<FileContentResponse>;
  createPushToken(name: string): Promise<PushToken>;
}

/** @public */
export const localGitApiRef = createApiRef<LocalGitApi>({
  id: 'plugin.golden-path.local-git',
});
