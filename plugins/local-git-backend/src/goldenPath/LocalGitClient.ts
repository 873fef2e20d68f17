import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ChangeRequest,
  changeRequestSchema,
  changeRequestsResponseSchema,
  PushToken,
  pushTokenSchema,
  PutChangeRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { z } from 'zod';

const PLUGIN = 'local-git';

/** What is asked of the plugin `local-git` in the name of the plugin that asks. */
export class LocalGitClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** What git pushes to, from this backend. */
  async remoteUrl(name: string): Promise<string> {
    return `${await this.#discovery.getBaseUrl(PLUGIN)}/git/${name}.git`;
  }

  /** A token with which branches below `golden-path/` can be pushed. */
  createToken(options: {
    name: string;
    signal: AbortSignal;
  }): Promise<PushToken> {
    const { name, signal } = options;
    return this.#ask({
      path: `${name}/tokens`,
      method: 'POST',
      schema: pushTokenSchema,
      signal,
    });
  }

  /** Opens the request of a branch or brings it up to date. */
  putRequest(options: {
    name: string;
    body: PutChangeRequest;
    signal: AbortSignal;
  }): Promise<ChangeRequest> {
    const { name, body, signal } = options;
    return this.#ask({
      path: `${name}/requests`,
      method: 'PUT',
      body,
      schema: changeRequestSchema,
      signal,
    });
  }

  /** The requests of a branch, the newest first. */
  async listRequests(options: {
    name: string;
    branch: string;
    signal: AbortSignal;
  }): Promise<ChangeRequest[]> {
    const { name, branch, signal } = options;
    const { items } = await this.#ask({
      path: `${name}/requests?${new URLSearchParams({ branch })}`,
      method: 'GET',
      schema: changeRequestsResponseSchema,
      signal,
    });
    return items;
  }

  async #ask<T extends z.ZodType>(options: {
    path: string;
    method: 'GET' | 'PUT' | 'POST';
    body?: unknown;
    schema: T;
    signal: AbortSignal;
  }): Promise<z.output<T>> {
    const { path, method, body, schema, signal } = options;
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: PLUGIN,
    });
    const baseUrl = await this.#discovery.getBaseUrl(PLUGIN);
    const response = await reach(`${baseUrl}/repositories/${path}`, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    });
    if (!response.ok) {
      throw await refusal(response);
    }
    return schema.parse(await response.json());
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    init.signal?.throwIfAborted();
    throw new ServiceUnavailableError(
      'The plugin local-git cannot be reached; try again once its backend is up',
      error,
    );
  }
}

/** The error of the plugin, as one of those that callers tell apart. */
async function refusal(response: Response): Promise<Error> {
  const error = await ResponseError.fromResponse(response);
  const message = `local-git: ${error.cause.message}`;
  switch (response.status) {
    case 400:
      return new InputError(message);
    case 401:
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}
