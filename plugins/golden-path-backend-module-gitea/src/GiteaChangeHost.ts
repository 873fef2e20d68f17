import { InputError, NotAllowedError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  ChangeHost,
  ChangeRepository,
  ChangeRequestOptions,
  ChangeRequestState,
  draftTitle,
  fitBody,
  splitBranch,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { addressOf } from './addressOf';
import { GiteaSession } from './GiteaSession';
import {
  createPull,
  editPull,
  findPull,
  GiteaPull,
  readStatuses,
} from './pullRequests';

type OpenOptions = Parameters<ChangeHost['open']>[0];

const MOST_BODY = 65_536;
/** The prefixes that Gitea and Forgejo have unless they are configured otherwise. */
const DRAFT = { mark: 'WIP: ', known: /^\s*(?:wip:|\[wip\])\s*/i, most: 255 };
/** For a token without a user, of which Gitea takes any name. */
const ANY_USER = 'x-access-token';

/** Proposes changes as pull requests on every Gitea and Forgejo that there are credentials for. @internal */
export class GiteaChangeHost implements ChangeHost {
  readonly id = 'gitea';
  readonly noun = 'pull request';
  readonly #integrations: ScmIntegrationRegistry;

  constructor(options: { integrations: ScmIntegrationRegistry }) {
    this.#integrations = options.integrations;
  }

  knows(url: string): boolean {
    return Boolean(this.#integrations.gitea.byUrl(url)?.config.password);
  }

  async repository(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<ChangeRepository> {
    const session = await this.#open(options);
    const { branch, folder } = await placeInRepository(session, options.url);
    const { baseUrl, username = ANY_USER, password } = session.config;
    const webUrl = `${baseUrl}/${session.name}`;
    return {
      remoteUrl: `${webUrl}.git`,
      credentials: { username, password: password! },
      baseBranch: branch,
      folder,
      webUrl,
    };
  }

  async open(options: OpenOptions): Promise<ChangeRequestState> {
    const session = await this.#open(options);
    const text = {
      title: draftTitle(options.title, options.draft, DRAFT),
      body: fitBody(options.body, MOST_BODY),
    };
    const existing = await findPull(session, options.branch, 'open');
    const pull = existing
      ? await editPull(session, existing, text)
      : await create(session, options, text);
    return describe(session, pull);
  }

  async state(
    options: ChangeRequestOptions,
  ): Promise<ChangeRequestState | undefined> {
    const session = await this.#open(options);
    const newest = await findPull(session, options.branch, 'all');
    return newest && describe(session, newest);
  }

  async #open(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<GiteaSession> {
    const { url, signal } = options;
    const config = this.#integrations.gitea.byUrl(url)?.config;
    if (!config) {
      throw new InputError(`${url} is on no Gitea under integrations.gitea`);
    }
    const { owner, repo } = addressOf(url, config);
    if (!config.password) {
      throw new NotAllowedError(
        `There are no credentials for ${owner}/${repo} on ${config.host}; put username and password under integrations.gitea`,
      );
    }
    return GiteaSession.open({ config, owner, repo, signal });
  }
}

async function create(
  session: GiteaSession,
  { url, branch }: OpenOptions,
  text: { title: string; body: string },
): Promise<GiteaPull> {
  const { branch: base } = await placeInRepository(session, url);
  const created = await createPull(session, { head: branch, base, ...text });
  if (created !== 'exists') {
    return created;
  }
  const existing = await findPull(session, branch, 'open');
  if (!existing) {
    throw new InputError(
      `Gitea neither opens nor shows a pull request of ${branch} in ${session.name}; open one there`,
    );
  }
  return editPull(session, existing, text);
}

async function describe(
  session: GiteaSession,
  pull: GiteaPull,
): Promise<ChangeRequestState> {
  const { number, html_url: url, state, merged, draft, title, head } = pull;
  const closed = merged ? 'merged' : 'closed';
  return {
    id: `${number}`,
    url,
    state: state === 'open' ? 'open' : closed,
    draft: draft ?? DRAFT.known.test(title),
    checks: await readStatuses(session, head.sha),
  };
}

/** The branch and folder that an address names; the default branch when it names none. */
async function placeInRepository(
  session: GiteaSession,
  url: string,
): Promise<{ branch: string; folder: string }> {
  const { branchAndFolder } = addressOf(url, session.config);
  return branchAndFolder.length === 0
    ? { branch: session.defaultBranch, folder: '' }
    : splitBranch(branchAndFolder, name => findBranch(session, name));
}

async function findBranch(
  session: GiteaSession,
  branch: string,
): Promise<string | undefined> {
  const path = branch.split('/').map(encodeURIComponent).join('/');
  const found = await session.find(
    'read branches',
    z.object({ name: z.string() }),
    (repos, owner, repo) => repos.repoGetBranch(owner, repo, path),
  );
  return found?.name;
}
