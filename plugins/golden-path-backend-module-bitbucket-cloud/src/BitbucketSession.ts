import { InputError } from '@backstage/errors';
import {
  explainHostFailure,
  fetchFromHost,
  hostFailureOf,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { BitbucketCredentials } from './credentialsOf';

const repositorySchema = z.object({
  full_name: z.string(),
  mainbranch: z.object({ name: z.string() }).nullish(),
});

const NEEDS =
  'the scopes pullrequest:write and repository:write (an API token: write:pullrequest:bitbucket and write:repository:bitbucket)';

/** @internal */
export interface BitbucketRequest {
  method?: 'GET' | 'POST' | 'PUT';
  /** After the path of the repository, such as `/pullrequests`. */
  path: string;
  /** A value may be there several times. */
  query?: [string, string][];
  body?: unknown;
}

/** One repository, with the credentials for it. @internal */
export class BitbucketSession {
  readonly credentials: BitbucketCredentials;
  readonly #apiBaseUrl: string;
  readonly #signal: AbortSignal;
  /** Workspace and slug as Bitbucket has them now. */
  name: string;
  defaultBranch = '';
  #seen = false;

  private constructor(options: {
    credentials: BitbucketCredentials;
    apiBaseUrl: string;
    name: string;
    signal: AbortSignal;
  }) {
    this.credentials = options.credentials;
    this.name = options.name;
    this.#apiBaseUrl = options.apiBaseUrl;
    this.#signal = options.signal;
  }

  /** Reads the repository. Throws when the credentials do not show it, or nothing was ever pushed to it. */
  static async open(options: {
    credentials: BitbucketCredentials;
    apiBaseUrl: string;
    name: string;
    signal: AbortSignal;
  }): Promise<BitbucketSession> {
    const session = new BitbucketSession(options);
    const { full_name: name, mainbranch } = await session.ask(
      'read the repository',
      repositorySchema,
      { path: '' },
    );
    if (!mainbranch) {
      throw new InputError(
        `The repository ${name} on bitbucket.org has no branch; push one first`,
      );
    }
    session.name = name;
    session.defaultBranch = mainbranch.name;
    session.#seen = true;
    return session;
  }

  /** Asks Bitbucket, checks what is read of the answer, and throws what a failure means for what is done. */
  async ask<T>(
    doing: string,
    schema: z.ZodType<T>,
    request: BitbucketRequest,
  ): Promise<T> {
    return this.#attempt(doing, async () =>
      schema.parse(await this.#send(this.#urlOf(request), request)),
    );
  }

  /** A list with all its pages, at most `mostPages`; `complete` is false when there are more. */
  async list<T>(
    doing: string,
    schema: z.ZodType<T>,
    request: BitbucketRequest,
    mostPages: number,
  ): Promise<{ items: T[]; complete: boolean }> {
    const pageSchema = z.object({
      values: z.array(schema),
      next: z.string().optional(),
    });
    return this.#attempt(doing, async () => {
      const items: T[] = [];
      let url: URL | undefined = this.#urlOf(request);
      for (let page = 0; url && page < mostPages; page++) {
        const answer = pageSchema.parse(await this.#send(url, request));
        items.push(...answer.values);
        url = this.#nextOf(answer.next);
      }
      return { items, complete: !url };
    });
  }

  #urlOf({ path, query = [] }: BitbucketRequest): URL {
    const name = this.name.split('/').map(encodeURIComponent).join('/');
    const url = new URL(`${this.#apiBaseUrl}/repositories/${name}${path}`);
    for (const [key, value] of query) {
      url.searchParams.append(key, value);
    }
    return url;
  }

  /** The credentials go nowhere else, wherever an answer points. */
  #nextOf(next: string | undefined): URL | undefined {
    return next?.startsWith(`${this.#apiBaseUrl}/`) ? new URL(next) : undefined;
  }

  async #send(
    url: URL,
    { method = 'GET', body }: BitbucketRequest,
  ): Promise<unknown> {
    const { headers } = this.credentials;
    const response = await fetchFromHost(url, {
      method,
      headers: body
        ? { ...headers, 'content-type': 'application/json' }
        : headers,
      body: body ? JSON.stringify(body) : undefined,
      signal: this.#signal,
    });
    return response.json().catch(() => undefined);
  }

  async #attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#signal.throwIfAborted();
      const failure = hostFailureOf(error);
      throw failure
        ? explainHostFailure(failure, {
            host: 'bitbucket.org',
            repository: this.name,
            doing,
            needs: NEEDS,
            configuration: 'integrations.bitbucketCloud',
            seen: this.#seen,
            secrets: [this.credentials.git.password],
          })
        : error;
    }
  }
}
