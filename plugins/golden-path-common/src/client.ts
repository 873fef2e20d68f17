import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  driftResponseSchema,
  eventsResponseSchema,
  healthResponseSchema,
  historyResponseSchema,
  pathResponseSchema,
  pathsResponseSchema,
  refreshResponseSchema,
  scorecardResponseSchema,
  scorecardsResponseSchema,
} from './contract';

/** What the client needs of the platform: a fetch that adds credentials, and where the plugin answers. @public */
export interface GoldenPathClientOptions {
  fetchApi: { fetch: typeof fetch };
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
}

/**
 * Typed client of `/api/golden-path/v1`. Every method throws a `ResponseError` when the backend refuses, and a
 * `ZodError` when it answers something that is not the contract.
 * @public
 */
export class GoldenPathClient {
  readonly #options: GoldenPathClientOptions;

  constructor(options: GoldenPathClientOptions) {
    this.#options = options;
  }

  async getScorecard(entityRef: string) {
    return this.#entity(entityRef, 'scorecard', scorecardResponseSchema);
  }

  async getHistory(entityRef: string) {
    return this.#entity(entityRef, 'history', historyResponseSchema);
  }

  async getDrift(entityRef: string) {
    return this.#entity(entityRef, 'drift', driftResponseSchema);
  }

  /** `environment` defaults to production, the window to the last 28 days. */
  async getHealth(
    entityRef: string,
    query: { environment?: string; from?: string; to?: string } = {},
  ) {
    return this.#entity(entityRef, 'health', healthResponseSchema, query);
  }

  /** With `ids`, exactly those events that are known; otherwise a page of the newest. */
  async getEvents(
    entityRef: string,
    query: { ids?: string[]; limit?: number; cursor?: string } = {},
  ) {
    const { ids, ...rest } = query;
    return this.#entity(entityRef, 'events', eventsResponseSchema, {
      ...rest,
      ids: ids?.join(','),
    });
  }

  async refresh(entityRef: string) {
    return this.#entity(
      entityRef,
      'refresh',
      refreshResponseSchema,
      {},
      'POST',
    );
  }

  async getPaths() {
    return this.#request('/v1/paths', pathsResponseSchema);
  }

  async getPath(name: string) {
    return this.#request(
      `/v1/paths/${encodeURIComponent(name)}`,
      pathResponseSchema,
    );
  }

  async getScorecards(
    query: { path?: string; limit?: number; cursor?: string } = {},
  ) {
    return this.#request('/v1/scorecards', scorecardsResponseSchema, query);
  }

  async #entity<T extends z.ZodType>(
    entityRef: string,
    resource: string,
    schema: T,
    query: Record<string, string | number | undefined> = {},
    method: 'GET' | 'POST' = 'GET',
  ): Promise<z.infer<T>> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return this.#request(
      `/v1/entities/${path.toLocaleLowerCase('en-US')}/${resource}`,
      schema,
      query,
      method,
    );
  }

  async #request<T extends z.ZodType>(
    path: string,
    schema: T,
    query: Record<string, string | number | undefined> = {},
    method: 'GET' | 'POST' = 'GET',
  ): Promise<z.infer<T>> {
    const baseUrl = await this.#options.discoveryApi.getBaseUrl('golden-path');
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(key, String(value));
      }
    }
    const suffix = search.size > 0 ? `?${search}` : '';
    const response = await this.#options.fetchApi.fetch(
      `${baseUrl}${path}${suffix}`,
      { method },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return schema.parse(await response.json());
  }
}
