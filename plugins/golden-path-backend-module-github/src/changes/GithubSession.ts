import { NotAllowedError } from '@backstage/errors';
import { GithubIntegrationConfig } from '@backstage/integration';
import { explainHostFailure } from '@goldenpath/backstage-plugin-golden-path-node';
import { GithubApi } from '../api/GithubApi';
import { GithubRepository, readRepository } from '../parts/repository';
import { githubFailureOf } from './githubFailureOf';

/** What is tried, and the right it takes; both for messages. @internal */
export interface GithubTask {
  doing: string;
  needs: string;
}

const READ: GithubTask = {
  doing: 'read the repository',
  needs: 'Metadata: read, Contents: write and Pull requests: write',
};

/** One repository, with the credentials for it. @internal */
export class GithubSession {
  readonly api: GithubApi;
  /** Without credentials nothing can be proposed. */
  readonly token: string;
  readonly host: string;
  /** Owner and name as GitHub has them now. */
  readonly place: { owner: string; repo: string };
  readonly repository: GithubRepository;
  readonly #signal: AbortSignal;

  private constructor(options: {
    api: GithubApi;
    token: string;
    host: string;
    repository: GithubRepository;
    signal: AbortSignal;
  }) {
    const { repository } = options;
    this.api = options.api;
    this.token = options.token;
    this.host = options.host;
    this.repository = repository;
    this.place = { owner: repository.owner.login, repo: repository.name };
    this.#signal = options.signal;
  }

  /** Reads the repository. Throws when there are no credentials for it, or it is not seen with them. */
  static async open(options: {
    api: GithubApi;
    token: string | undefined;
    config: GithubIntegrationConfig;
    place: { owner: string; repo: string };
    signal: AbortSignal;
  }): Promise<GithubSession> {
    const { api, token, config, place, signal } = options;
    const { host } = config;
    const name = `${place.owner}/${place.repo}`;
    if (!token) {
      throw new NotAllowedError(
        `There are no credentials for ${name} on ${host}: install the GitHub App for ${place.owner}, or put a token under integrations.github`,
      );
    }
    const repository = await attempt(() => readRepository(api, place), {
      ...READ,
      host,
      token,
      name,
      signal,
      seen: false,
    });
    return new GithubSession({ api, token, host, repository, signal });
  }

  get name(): string {
    return `${this.place.owner}/${this.place.repo}`;
  }

  /** Runs something, and throws what a failure of GitHub's means for the task. */
  async run<T>(task: GithubTask, work: () => Promise<T>): Promise<T> {
    return attempt(work, {
      ...task,
      host: this.host,
      token: this.token,
      name: this.name,
      signal: this.#signal,
      seen: true,
    });
  }
}

async function attempt<T>(
  work: () => Promise<T>,
  options: GithubTask & {
    host: string;
    token: string;
    name: string;
    signal: AbortSignal;
    seen: boolean;
  },
): Promise<T> {
  const { host, token, name, signal, seen, doing, needs } = options;
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const failure = githubFailureOf(error);
    throw failure
      ? explainHostFailure(failure, {
          host,
          repository: name,
          doing,
          needs,
          configuration: 'integrations.github',
          seen,
          secrets: [token],
        })
      : error;
  }
}
