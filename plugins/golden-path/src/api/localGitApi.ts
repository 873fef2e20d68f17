import { createApiRef } from '@backstage/core-plugin-api';
import type {
  ChangeRequest,
  ChangeRequestAction,
  ChangeRequestActionBody,
  ChangeRequestDetails,
  ChangeRequestsResponse,
  ChangeRequestStatus,
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
  /** The newest change requests; without `state` whatever became of them. */
  getChangeRequests(
    name: string,
    query?: { state?: ChangeRequestStatus },
  ): Promise<ChangeRequestsResponse>;
  getChangeRequest(name: string, number: number): Promise<ChangeRequestDetails>;
  /** `head` makes a merge fail when the branch has moved on from the commit that was looked at. */
  actOnChangeRequest(
    name: string,
    number: number,
    action: ChangeRequestAction,
    body?: ChangeRequestActionBody,
  ): Promise<ChangeRequest>;
}

/** @public */
export const localGitApiRef = createApiRef<LocalGitApi>({
  id: 'plugin.golden-path.local-git',
});
