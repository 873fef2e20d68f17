import { InputError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  ChangeHost,
  ChangeRepository,
  ChangeRequestOptions,
  ChangeRequestState,
  fitBody,
  fitTitle,
  splitBranch,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { addressOf } from './addressOf';
import { BitbucketSession } from './BitbucketSession';
import { credentialsOf, hasCredentials } from './credentialsOf';
import {
  BitbucketPull,
  createPull,
  editPull,
  listPulls,
  quoted,
  readStatuses,
} from './pullRequests';

type OpenOptions = Parameters<ChangeHost['open']>[0];

const MOST_TITLE = 255;
const MOST_BODY = 32_768;
const CLOSED = ['DECLINED', 'SUPERSEDED'];

/** Proposes changes as pull requests on bitbucket.org. @internal */
export class BitbucketCloudChangeHost implements ChangeHost {
  readonly id = 'bitbucket-cloud';
  readonly noun = 'pull request';
  readonly #integrations: ScmIntegrationRegistry;
  readonly #apiBaseUrl: string | undefined;

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    /** Where the interface is, when not where the integration says. */
    apiBaseUrl?: string;
  }) {
    this.#integrations = options.integrations;
    this.#apiBaseUrl = options.apiBaseUrl;
  }

  knows(url: string): boolean {
    const config = this.#integrations.bitbucketCloud.byUrl(url)?.config;
    return config !== undefined && hasCredentials(config);
  }

  async repository(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<ChangeRepository> {
    const session = await this.#open(options);
    const { branch, folder } = await placeInRepository(session, options.url);
    const webUrl = `https://bitbucket.org/${session.name}`;
    return {
      remoteUrl: `${webUrl}.git`,
      credentials: session.credentials.git,
      baseBranch: branch,
      folder,
      webUrl,
    };
  }

  async open(options: OpenOptions): Promise<ChangeRequestState> {
    const session = await this.#open(options);
    const existing = await openPull(session, options.branch);
    const pull = existing
      ? await editPull(session, existing, fieldsOf(options))
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
  }): Promise<BitbucketSession> {
    const { url, signal } = options;
    const config = this.#integrations.bitbucketCloud.byUrl(url)?.config;
    if (!config) {
      throw new InputError(`${url} is not on bitbucket.org`);
    }
    const { name } = addressOf(url);
    signal.throwIfAborted();
    return BitbucketSession.open({
      credentials: await credentialsOf(config),
      apiBaseUrl: this.#apiBaseUrl ?? config.apiBaseUrl,
      name,
      signal,
    });
  }
}

async function openPull(
  session: BitbucketSession,
  branch: string,
): Promise<BitbucketPull | undefined> {
  const pulls = await listPulls(session, branch);
  return pulls.find(({ state }) => state === 'OPEN');
}

async function create(
  session: BitbucketSession,
  options: OpenOptions,
): Promise<BitbucketPull> {
  const { branch: destination } = await placeInRepository(session, options.url);
  const created = await createPull(session, {
    source: options.branch,
    destination,
    ...fieldsOf(options),
  });
  if (created !== 'exists') {
    return created;
  }
  const existing = await openPull(session, options.branch);
  if (!existing) {
    throw new InputError(
      `Bitbucket neither opens nor shows a pull request of ${options.branch} in ${session.name}; open one there`,
    );
  }
  return editPull(session, existing, fieldsOf(options));
}

function fieldsOf({ title, body, draft }: OpenOptions): {
  title: string;
  description: string;
  draft: boolean;
} {
  return {
    title: fitTitle(title, MOST_TITLE),
    description: fitBody(body, MOST_BODY),
    draft,
  };
}

async function describe(
  session: BitbucketSession,
  pull: BitbucketPull,
): Promise<ChangeRequestState> {
  const ended = CLOSED.includes(pull.state) ? 'closed' : 'open';
  return {
    id: `${pull.id}`,
    url: pull.links.html.href,
    state: pull.state === 'MERGED' ? 'merged' : ended,
    draft: Boolean(pull.draft),
    checks: await readStatuses(session, pull),
  };
}

/** The branch and folder that an address names; the default branch when it names none. */
async function placeInRepository(
  session: BitbucketSession,
  url: string,
): Promise<{ branch: string; folder: string }> {
  const { branchAndFolder } = addressOf(url);
  return branchAndFolder.length === 0
    ? { branch: session.defaultBranch, folder: '' }
    : splitBranch(branchAndFolder, async name =>
        name === 'HEAD' ? session.defaultBranch : findBranch(session, name),
      );
}

async function findBranch(
  session: BitbucketSession,
  branch: string,
): Promise<string | undefined> {
  const { items } = await session.list(
    'read branches',
    z.object({ name: z.string() }),
    {
      path: '/refs/branches',
      query: [['q', `name = ${quoted(branch)}`]],
    },
    1,
  );
  return items.find(({ name }) => name === branch)?.name;
}
