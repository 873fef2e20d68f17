import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

/** What the client needs of the platform: a fetch that adds credentials, and where the plugin answers. @public */
export interface GoldenPathClientOptions {
  fetchApi: { fetch: typeof fetch };
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
}

type Query = Record<string, string | number | boolean | undefined>;

interface ClientRequest {
  query?: Query;
  method?: 'GET' | 'POST';
  body?: unknown;
}

/** Requests to the plugin, with their answers held against the contract. */
export class Requests {
  readonly #options: GoldenPathClientOptions;

  constructor(options: GoldenPathClientOptions) {
    this.#options = options;
  }

  /** About an entity. */
  async entity<T extends z.ZodType>(
    entityRef: string,
    resource: string,
    schema: T,
    query: Query = {},
    method: 'GET' | 'POST' = 'GET',
    body?: unknown,
  ): Promise<z.infer<T>> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return this.request(
      `/v1/entities/${path.toLocaleLowerCase('en-US')}/${resource}`,
      schema,
      { query, method, body },
    );
  }

  /** Any address of the API, its answer checked. */
  async request<T extends z.ZodType>(
    path: string,
    schema: T,
    request: ClientRequest = {},
  ): Promise<z.infer<T>> {
    const response = await this.send(path, request);
    return schema.parse(await response.json());
  }

  /** As it comes, once it is no refusal. */
  async send(path: string, request: ClientRequest): Promise<Response> {
    const { query = {}, method = 'GET', body } = request;
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
      {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** Address of a template's resources. */
export function templatePath(entityRef: string): string {
  const { namespace, name } = parseEntityRef(entityRef);
  const path = [namespace, name].map(encodeURIComponent).join('/');
  return `/v1/templates/${path.toLocaleLowerCase('en-US')}`;
}
