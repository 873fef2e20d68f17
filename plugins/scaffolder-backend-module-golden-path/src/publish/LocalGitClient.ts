import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  type CreateRepositoryRequest,
  createRepositoryRequestSchema,
  type CreateRepositoryResponse,
  createRepositoryResponseSchema,
  type PushToken,
  pushTokenSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { z } from 'zod';

const PLUGIN_ID = 'local-git';
const TIMEOUT_MS = 30_000;

/** Talks to the plugin local-git on behalf of whoever started the task. */
export class LocalGitClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #credentials: BackstageCredentials;

  constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    credentials: BackstageCredentials;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#credentials = options.credentials;
  }

  /**
   * Creates a repository, or gives the one that the same `idempotencyKey` created.
   *
   * @throws ConflictError when the name is taken.
   */
  createRepository(
    request: CreateRepositoryRequest,
  ): Promise<CreateRepositoryResponse> {
    return this.#post({
      path: '/repositories',
      body: createRepositoryRequestSchema.parse(request),
      schema: createRepositoryResponseSchema,
    });
  }

  /** Gives a new push token for a repository that the caller may push to. */
  createPushToken(repository: string): Promise<PushToken> {
    return this.#post({
      path: `/repositories/${encodeURIComponent(repository)}/tokens`,
      body: {},
      schema: pushTokenSchema,
    });
  }

  async #post<T extends z.ZodType>(options: {
    path: string;
    body: unknown;
    schema: T;
  }): Promise<z.output<T>> {
    const baseUrl = await this.#discovery.getBaseUrl(PLUGIN_ID);
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: this.#credentials,
      targetPluginId: PLUGIN_ID,
    });
    const response = await fetch(`${baseUrl}${options.path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(options.body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      throw await describeFailure(response);
    }
    const reply = options.schema.safeParse(await response.json());
    if (!reply.success) {
      const fields = reply.error.issues.map(issue => issue.path.join('.'));
      throw new ServiceUnavailableError(
        `The plugin local-git gave an answer that does not fit its contract, in: ${fields.join(
          ', ',
        )}`,
      );
    }
    return reply.data;
  }
}

async function describeFailure(response: Response): Promise<Error> {
  const error = await ResponseError.fromResponse(response);
  const { message } = error.body.error;
  switch (response.status) {
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new ServiceUnavailableError(
        `The plugin local-git does not serve this: is it installed, and localGit.enabled true in app-config? ${message}`,
      );
    case 409:
      return new ConflictError(message);
    default:
      return error;
  }
}
