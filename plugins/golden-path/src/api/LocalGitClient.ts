import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  changeRequestDetailsSchema,
  changeRequestSchema,
  changeRequestsResponseSchema,
  commitsResponseSchema,
  fileContentResponseSchema,
  filesResponseSchema,
  pushTokenSchema,
  repositoriesResponseSchema,
  repositorySchema,
  type ChangeRequestAction,
  type ChangeRequestActionBody,
  type ChangeRequestStatus,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { LocalGitApi, RepositoryPlace } from './localGitApi';

interface Reader<T> {
  parse(body: unknown): T;
}

/**
 * Client of the local git host. Every method throws a `ResponseError` when the host refuses, and a `ZodError` when it
 * answers something that is not the contract.
 */
export class LocalGitClient implements LocalGitApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async listRepositories() {
    return this.#request('', repositoriesResponseSchema);
  }

  async getRepository(name: string) {
    return this.#request(`/${encodeURIComponent(name)}`, repositorySchema);
  }

  async getCommits(name: string) {
    return this.#request(
      `/${encodeURIComponent(name)}/commits`,
      commitsResponseSchema,
    );
  }

  async getFiles(name: string, place: RepositoryPlace) {
    return this.#request(
      `/${encodeURIComponent(name)}/files${query(place)}`,
      filesResponseSchema,
    );
  }

  async getContent(name: string, place: RepositoryPlace) {
    return this.#request(
      `/${encodeURIComponent(name)}/content${query(place)}`,
      fileContentResponseSchema,
    );
  }

  async createPushToken(name: string) {
    return this.#request(
      `/${encodeURIComponent(name)}/tokens`,
      pushTokenSchema,
      'POST',
    );
  }

  async getChangeRequests(
    name: string,
    { state }: { state?: ChangeRequestStatus } = {},
  ) {
    const search = state ? `?${new URLSearchParams({ state })}` : '';
    return this.#request(
      `/${encodeURIComponent(name)}/requests${search}`,
      changeRequestsResponseSchema,
    );
  }

  async getChangeRequest(name: string, number: number) {
    return this.#request(
      `/${encodeURIComponent(name)}/requests/${number}`,
      changeRequestDetailsSchema,
    );
  }

  async actOnChangeRequest(
    name: string,
    number: number,
    action: ChangeRequestAction,
    body: ChangeRequestActionBody = {},
  ) {
    return this.#request(
      `/${encodeURIComponent(name)}/requests/${number}/${action}`,
      changeRequestSchema,
      'POST',
      body,
    );
  }

  async #request<T>(
    path: string,
    reader: Reader<T>,
    method: 'GET' | 'POST' = 'GET',
    body?: unknown,
  ): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('local-git');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/repositories${path}`,
      body === undefined
        ? { method }
        : {
            method,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return reader.parse(await response.json());
  }
}

function query(place: RepositoryPlace): string {
  const search = new URLSearchParams();
  if (place.ref) {
    search.set('ref', place.ref);
  }
  if (place.path) {
    search.set('path', place.path);
  }
  return search.size > 0 ? `?${search}` : '';
}
