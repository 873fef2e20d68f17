import { LoggerService } from '@backstage/backend-plugin-api';
import {
  GithubCredentialsProvider,
  GithubIntegrationConfig,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  collectForgeParts,
  FactCollectorResult,
  Forge,
  ForgeRequest,
  RateBudget,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ConditionalCache } from './api/ConditionalCache';
import { createOctokit, Patience, SharedState } from './api/createOctokit';
import { explainError } from './api/explainError';
import { GithubApi } from './api/GithubApi';
import { githubParts } from './parts/githubParts';
import { describeRepository, readRepository } from './parts/repository';
import { repositoryOf } from './repositoryOf';

const PATIENCE: Patience = { longestWaitSeconds: 15, retryUnitMs: 1000 };

/**
 * Asks github.com or a GitHub Enterprise about a repository.
 *
 * @remarks
 * There is no etag of the whole fact, since alerts, rules and reviews change without a push, and windows of days move
 * on. What has not changed is instead noticed request by request, see {@link ConditionalCache}.
 * @internal
 */
export class GithubForge implements Forge {
  readonly id = 'github';
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: GithubCredentialsProvider;
  readonly #logger: LoggerService;
  readonly #patience: Patience;
  readonly #clock: () => Date;
  readonly #shared: SharedState = {
    budget: new RateBudget(),
    cache: new ConditionalCache(),
  };

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    credentials: GithubCredentialsProvider;
    logger: LoggerService;
    patience?: Patience;
    clock?: () => Date;
  }) {
    this.#integrations = options.integrations;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
    this.#patience = options.patience ?? PATIENCE;
    this.#clock = options.clock ?? (() => new Date());
  }

  knows(url: string): boolean {
    return this.#integrations.github.byUrl(url) !== undefined;
  }

  async collect(request: ForgeRequest): Promise<FactCollectorResult> {
    const { url, signal } = request;
    const config = this.#integrations.github.byUrl(url)?.config;
    if (!config) {
      return { status: 'absent', reason: `${url} is not at a known GitHub` };
    }
    const place = repositoryOf(url);
    const api = await this.#open(config, { ...place, signal });
    const explain = (error: unknown, { needs }: { needs: string }) =>
      explainError(error, {
        host: config.host,
        needs,
        signal,
        authenticated: api.authenticated,
      });

    const repository = await readRepository(api, place).catch(error => {
      const { reason } = explain(error, { needs: 'Metadata: read' });
      if (error.status === 404) {
        return { absent: reason };
      }
      throw new Error(`${place.owner}/${place.repo}: ${reason}`);
    });
    if ('absent' in repository) {
      return {
        status: 'absent',
        reason: `${config.host} shows no repository ${place.owner}/${place.repo}: ${repository.absent}`,
      };
    }
    const { data, gaps } = await collectForgeParts({
      parts: githubParts({ api, repository, now: this.#clock() }),
      explain,
    });
    return {
      status: 'collected',
      data: {
        ...describeRepository(repository),
        ...data,
      } as Record<string, any>,
      gaps,
    };
  }

  async #open(
    config: GithubIntegrationConfig,
    place: { owner: string; repo: string; signal: AbortSignal },
  ): Promise<GithubApi> {
    const { host, apiBaseUrl } = config;
    const { owner, repo, signal } = place;
    if (!apiBaseUrl) {
      throw new Error(
        `integrations.github has no apiBaseUrl for ${host}, such as https://${host}/api/v3`,
      );
    }
    const { token, type } = await this.#credentials
      .getCredentials({ url: `https://${host}/${owner}/${repo}` })
      .catch(error => {
        throw new Error(
          `There are no credentials for ${host}/${owner}/${repo}: ${
            (error as Error).message
          }`,
        );
      });
    return new GithubApi({
      octokit: createOctokit({
        apiBaseUrl,
        token,
        // The quota of an App is per installation, that of a token per user
        account: token && type === 'app' ? `${host}/${owner}` : host,
        shared: this.#shared,
        patience: this.#patience,
        signal,
        logger: this.#logger,
      }),
      signal,
      authenticated: token !== undefined,
    });
  }
}
