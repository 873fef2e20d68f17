import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  GithubCredentialsProvider,
  GithubIntegrationConfig,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  ChangeHost,
  ChangeRepository,
  ChangeRequestOptions,
  ChangeRequestState,
  draftTitle,
  explainHostFailure,
  fitBody,
  RateBudget,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ConditionalCache } from '../api/ConditionalCache';
import { createOctokit, Patience, SharedState } from '../api/createOctokit';
import { GithubApi } from '../api/GithubApi';
import { repositoryOf } from '../repositoryOf';
import { githubFailureOf } from './githubFailureOf';
import { GithubSession } from './GithubSession';
import { readHeadChecks } from './headChecks';
import { placeInRepository } from './placeInRepository';
import {
  convertToDraft,
  createPull,
  editPull,
  GithubPull,
  listPulls,
  markReady,
} from './pullRequests';

type OpenOptions = Parameters<ChangeHost['open']>[0];

const PATIENCE: Patience = {
  longestWaitSeconds: 15,
  retryUnitMs: 1000,
  spaceWrites: true,
};
/** Longer than this nothing here takes, whatever GitHub does. */
const LONGEST_MS = 120_000;
const MOST_BODY = 65_536;
/** For repositories whose plan has no drafts. */
const DRAFT = { mark: '[Draft] ', known: /^\[draft\]\s*/i, most: 256 };
const DRAFT_NOTE =
  '> This is a draft, not to be merged as it is. GitHub has no draft pull requests in this repository, so the title says it.';

/** Proposes changes as pull requests on github.com and every GitHub Enterprise that there are credentials for. @internal */
export class GithubChangeHost implements ChangeHost {
  readonly id = 'github';
  readonly noun = 'pull request';
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: GithubCredentialsProvider;
  readonly #logger: LoggerService;
  readonly #patience: Patience;
  readonly #shared: SharedState = {
    budget: new RateBudget(),
    cache: new ConditionalCache(),
  };

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    credentials: GithubCredentialsProvider;
    logger: LoggerService;
    patience?: Patience;
  }) {
    this.#integrations = options.integrations;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
    this.#patience = options.patience ?? PATIENCE;
  }

  knows(url: string): boolean {
    const config = this.#integrations.github.byUrl(url)?.config;
    return Boolean(config?.apiBaseUrl && (config.token || config.apps?.length));
  }

  async repository(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<ChangeRepository> {
    const session = await this.#open(options);
    const { branch, folder } = await placeInRepository(session, options.url);
    const webUrl = `https://${session.host}/${session.name}`;
    return {
      remoteUrl: `${webUrl}.git`,
      credentials: { username: 'x-access-token', password: session.token },
      baseBranch: branch,
      folder,
      webUrl,
    };
  }

  async open(options: OpenOptions): Promise<ChangeRequestState> {
    const session = await this.#open(options);
    const found = await openPull(session, options.branch);
    const pull = found
      ? await update(session, found, options)
      : await create(session, options);
    return describe(session, pull);
  }

  async state(
    options: ChangeRequestOptions,
  ): Promise<ChangeRequestState | undefined> {
    const session = await this.#open(options);
    const [newest] = await listPulls(session, options.branch);
    return newest && describe(session, newest);
  }

  async #open(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<GithubSession> {
    const { url } = options;
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(LONGEST_MS),
    ]);
    const config = this.#integrations.github.byUrl(url)?.config;
    if (!config?.apiBaseUrl) {
      throw new InputError(
        `${url} is on no GitHub under integrations.github that has an apiBaseUrl`,
      );
    }
    const place = repositoryOf(url);
    const { token, type } = await this.#credentialsFor(config, place);
    const api = new GithubApi({
      octokit: createOctokit({
        apiBaseUrl: config.apiBaseUrl,
        token,
        // The quota of an App is per installation, that of a token per user
        account: type === 'app' ? `${config.host}/${place.owner}` : config.host,
        shared: this.#shared,
        patience: this.#patience,
        signal,
        logger: this.#logger,
      }),
      signal,
      authenticated: token !== undefined,
    });
    return GithubSession.open({
      api,
      token,
      config,
      place,
      signal: options.signal,
    });
  }

  async #credentialsFor(
    { host }: GithubIntegrationConfig,
    { owner, repo }: { owner: string; repo: string },
  ): Promise<{ token?: string; type?: string }> {
    try {
      return await this.#credentials.getCredentials({
        url: `https://${host}/${owner}/${repo}`,
      });
    } catch (error) {
      const failure = githubFailureOf(error);
      if (failure) {
        throw explainHostFailure(failure, {
          host,
          repository: `${owner}/${repo}`,
          doing: 'get the credentials of a GitHub App',
          needs: 'an installed GitHub App',
          configuration: 'integrations.github',
        });
      }
      throw new NotAllowedError(
        `There are no credentials for ${owner}/${repo} on ${host}; see integrations.github: ${
          (error as Error).message
        }`,
      );
    }
  }
}

async function openPull(
  session: GithubSession,
  branch: string,
): Promise<GithubPull | undefined> {
  const pulls = await listPulls(session, branch);
  return pulls.find(({ state }) => state === 'open');
}

async function create(
  session: GithubSession,
  options: OpenOptions,
): Promise<GithubPull> {
  const { branch: base } = await placeInRepository(session, options.url);
  const fields = { head: options.branch, base };
  let pull = await createPull(session, {
    ...fields,
    ...textOf(options, false),
    draft: options.draft,
  });
  if (pull === 'no drafts') {
    pull = await createPull(session, {
      ...fields,
      ...textOf(options, true),
      draft: false,
    });
  }
  if (typeof pull !== 'string') {
    return pull;
  }
  const existing = await openPull(session, options.branch);
  if (!existing) {
    throw new InputError(
      `GitHub neither opens nor shows a pull request of ${options.branch} in ${session.name}; open one there`,
    );
  }
  return update(session, existing, options);
}

async function update(
  session: GithubSession,
  pull: GithubPull,
  options: OpenOptions,
): Promise<GithubPull> {
  let { draft = false } = pull;
  if (options.draft && !draft && !DRAFT.known.test(pull.title)) {
    draft = await convertToDraft(session, pull);
  }
  if (!options.draft && draft) {
    await markReady(session, pull);
    draft = false;
  }
  const text = textOf(options, options.draft && !draft);
  const edited = await editPull(session, pull, text);
  return { ...edited, draft };
}

/** Title and body, with the mark of a draft where GitHub itself has none. */
function textOf(
  { title, body }: OpenOptions,
  marked: boolean,
): { title: string; body: string } {
  return {
    title: draftTitle(title, marked, DRAFT),
    body: fitBody(marked ? `${DRAFT_NOTE}\n\n${body}` : body, MOST_BODY),
  };
}

async function describe(
  session: GithubSession,
  pull: GithubPull,
): Promise<ChangeRequestState> {
  const checks = await session.run(
    {
      doing: 'read checks',
      needs: 'Checks: read and Commit statuses: read',
    },
    () => readHeadChecks(session.api, session.place, pull.head.sha),
  );
  const closed = pull.merged_at ? 'merged' : 'closed';
  return {
    id: `${pull.number}`,
    url: pull.html_url,
    state: pull.state === 'open' ? 'open' : closed,
    draft: Boolean(pull.draft) || DRAFT.known.test(pull.title),
    checks,
  };
}
