import { InputError } from '@backstage/errors';
import {
  getGiteaRequestOptions,
  GiteaIntegrationConfig,
} from '@backstage/integration';
import {
  explainHostFailure,
  fetchFromHost,
  hostFailureOf,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { giteaApi } from 'gitea-js';
import { z } from 'zod';

type Client = ReturnType<typeof giteaApi>;

const repositorySchema = z.object({
  id: z.number(),
  full_name: z.string(),
  default_branch: z.string().nullish(),
});

/** A call of the client, with owner and name as its paths take them. @internal */
export type GiteaCall = (
  repos: Client['repos'],
  owner: string,
  repo: string,
) => Promise<{ data: unknown }>;

/** One repository, with the credentials for it. @internal */
export class GiteaSession {
  readonly config: GiteaIntegrationConfig;
  readonly repositoryId: number;
  /** Owner and name as Gitea has them now. */
  readonly name: string;
  readonly defaultBranch: string;
  readonly #client: Client;
  readonly #signal: AbortSignal;

  private constructor(options: {
    client: Client;
    config: GiteaIntegrationConfig;
    repository: { id: number; name: string; defaultBranch: string };
    signal: AbortSignal;
  }) {
    const { client, config, repository, signal } = options;
    this.config = config;
    this.repositoryId = repository.id;
    this.name = repository.name;
    this.defaultBranch = repository.defaultBranch;
    this.#client = client;
    this.#signal = signal;
  }

  /** Reads the repository. Throws when the credentials do not show it, or nothing was ever pushed to it. */
  static async open(options: {
    config: GiteaIntegrationConfig;
    owner: string;
    repo: string;
    signal: AbortSignal;
  }): Promise<GiteaSession> {
    const { config, owner, repo, signal } = options;
    const client = createClient(config, signal);
    const name = `${owner}/${repo}`;
    const repository = await attempt(
      async () => {
        const { data } = await client.repos.repoGet(
          encodeURIComponent(owner),
          encodeURIComponent(repo),
        );
        return repositorySchema.parse(data);
      },
      { config, name, signal, doing: 'read the repository', seen: false },
    );
    if (!repository.default_branch) {
      throw new InputError(
        `The repository ${name} on ${config.host} has no branch; push one first`,
      );
    }
    return new GiteaSession({
      client,
      config,
      repository: {
        id: repository.id,
        name: repository.full_name,
        defaultBranch: repository.default_branch,
      },
      signal,
    });
  }

  /** Asks Gitea, checks what is read of the answer, and throws what a failure means for what is done. */
  async ask<T>(
    doing: string,
    schema: z.ZodType<T>,
    call: GiteaCall,
  ): Promise<T> {
    return this.#attempt(doing, () => this.#read(schema, call));
  }

  /** Like {@link ask}, of what may not be there. */
  async find<T>(
    doing: string,
    schema: z.ZodType<T>,
    call: GiteaCall,
  ): Promise<T | undefined> {
    return this.#attempt(doing, async () => {
      try {
        return await this.#read(schema, call);
      } catch (error) {
        if (hostFailureOf(error)?.status === 404) {
          return undefined;
        }
        throw error;
      }
    });
  }

  async #read<T>(schema: z.ZodType<T>, call: GiteaCall): Promise<T> {
    // The client puts names into paths as they are
    const [owner, repo] = this.name.split('/').map(encodeURIComponent);
    const { data } = await call(this.#client.repos, owner, repo);
    return schema.parse(data);
  }

  async #attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
    return attempt(work, {
      config: this.config,
      name: this.name,
      signal: this.#signal,
      doing,
      seen: true,
    });
  }
}

/** Gives up after half a minute, and throws nothing that holds a request. */
function createClient(
  config: GiteaIntegrationConfig,
  signal: AbortSignal,
): Client {
  const credentials = getGiteaRequestOptions(config).headers;
  return giteaApi(config.baseUrl ?? `https://${config.host}`, {
    customFetch: async (url, init) =>
      fetchFromHost(String(url), {
        ...init,
        headers: { ...(init?.headers as object), ...credentials },
        signal,
      }),
  });
}

async function attempt<T>(
  work: () => Promise<T>,
  options: {
    config: GiteaIntegrationConfig;
    name: string;
    signal: AbortSignal;
    doing: string;
    seen: boolean;
  },
): Promise<T> {
  const { config, name, signal, doing, seen } = options;
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const failure = hostFailureOf(error);
    throw failure
      ? explainHostFailure(failure, {
          host: config.host,
          repository: name,
          doing,
          needs: 'the scope write:repository, and write access to the code',
          configuration: 'integrations.gitea',
          seen,
          secrets: [config.password],
        })
      : error;
  }
}
