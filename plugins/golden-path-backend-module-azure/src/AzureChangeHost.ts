import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  AzureDevOpsCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  ChangeHost,
  ChangeRepository,
  ChangeRequestOptions,
  ChangeRequestState,
  fitBody,
  fitTitle,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import { addressOf } from './addressOf';
import { AzureSession, AzureToken, branchOf } from './AzureSession';
import {
  AzurePull,
  AzurePullFields,
  createPull,
  editPull,
  listPulls,
} from './pullRequests';
import { readChecks } from './readChecks';

type OpenOptions = Parameters<ChangeHost['open']>[0];

const MOST_TITLE = 400;
const MOST_BODY = 4000;
/** Git asks for a user, and Azure DevOps looks at the password only. */
const ANY_USER = 'x-access-token';
const NO_CREDENTIALS = /Authentication|CredentialUnavailable/;

/** Proposes changes as pull requests on every Azure DevOps that there are credentials for. @internal */
export class AzureChangeHost implements ChangeHost {
  readonly id = 'azure';
  readonly noun = 'pull request';
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: AzureDevOpsCredentialsProvider;

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    credentials: AzureDevOpsCredentialsProvider;
  }) {
    this.#integrations = options.integrations;
    this.#credentials = options.credentials;
  }

  knows(url: string): boolean {
    const config = this.#integrations.azure.byUrl(url)?.config;
    if (!config?.credentials?.length) {
      return false;
    }
    const organization = organizationIn(url);
    return config.credentials.some(
      ({ organizations }) =>
        !organizations?.length ||
        (organization !== undefined && organizations.includes(organization)),
    );
  }

  async repository(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<ChangeRepository> {
    const session = await this.#open(options);
    return {
      remoteUrl: session.webUrl,
      credentials: { username: ANY_USER, password: session.token },
      baseBranch: await baseBranchOf(session, options.url),
      folder: addressOf(options.url).folder,
      webUrl: session.webUrl,
    };
  }

  async open(options: OpenOptions): Promise<ChangeRequestState> {
    const session = await this.#open(options);
    const fields = fieldsOf(options);
    const existing = await activePull(session, options.branch);
    const pull = existing
      ? await editPull(session, existing, fields)
      : await create(session, options, fields);
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
  }): Promise<AzureSession> {
    const { url, signal } = options;
    if (!this.#integrations.azure.byUrl(url)) {
      throw new InputError(
        `${url} is on no Azure DevOps under integrations.azure`,
      );
    }
    const address = addressOf(url);
    signal.throwIfAborted();
    const credentials = await this.#credentialsFor(url, address.organization);
    return AzureSession.open({ credentials, address, signal });
  }

  async #credentialsFor(
    url: string,
    organization: string,
  ): Promise<AzureToken> {
    const found = await this.#credentials
      .getCredentials({ url })
      .catch(error => {
        const { name } = error as Error;
        throw NO_CREDENTIALS.test(name)
          ? new NotAllowedError(
              `Microsoft Entra gives no token for ${organization} (${name}); see integrations.azure`,
            )
          : new ServiceUnavailableError(
              `Microsoft Entra cannot be asked for a token for ${organization}; try again in a few minutes`,
            );
      });
    if (!found) {
      throw new NotAllowedError(
        `There are no credentials for ${organization}; put some under integrations.azure`,
      );
    }
    return found;
  }
}

/** The same organization as the credentials are chosen by, a collection without what is in front of it. */
function organizationIn(url: string): string | undefined {
  try {
    return addressOf(url).organization.split('/').at(-1);
  } catch {
    return undefined;
  }
}

async function activePull(
  session: AzureSession,
  branch: string,
): Promise<AzurePull | undefined> {
  const pulls = await listPulls(session, branch);
  return pulls.find(({ status }) => status === PullRequestStatus.Active);
}

async function create(
  session: AzureSession,
  { url, branch }: OpenOptions,
  fields: AzurePullFields,
): Promise<AzurePull> {
  const target = await baseBranchOf(session, url);
  const created = await createPull(session, { source: branch, target }, fields);
  if (created !== 'exists') {
    return created;
  }
  const existing = await activePull(session, branch);
  if (!existing) {
    throw new InputError(
      `Azure DevOps neither opens nor shows a pull request of ${branch} in ${session.name}; open one there`,
    );
  }
  return editPull(session, existing, fields);
}

function fieldsOf({ title, body, draft }: OpenOptions): AzurePullFields {
  return {
    title: fitTitle(title, MOST_TITLE),
    description: fitBody(body, MOST_BODY),
    isDraft: draft,
  };
}

async function describe(
  session: AzureSession,
  pull: AzurePull,
): Promise<ChangeRequestState> {
  const ended = pull.status === PullRequestStatus.Abandoned ? 'closed' : 'open';
  return {
    id: `${pull.pullRequestId}`,
    url: `${session.webUrl}/pullrequest/${pull.pullRequestId}`,
    state: pull.status === PullRequestStatus.Completed ? 'merged' : ended,
    draft: Boolean(pull.isDraft),
    checks: await readChecks(session, pull),
  };
}

/** The branch that an address names, or the default branch. */
async function baseBranchOf(
  session: AzureSession,
  url: string,
): Promise<string> {
  const { branch } = addressOf(url);
  if (!branch) {
    return session.defaultBranch;
  }
  const refs = await session.ask(
    'read branches',
    z.array(z.object({ name: z.string() })),
    ({ git }) =>
      git.getRefs(session.repositoryId, session.projectId, `heads/${branch}`),
  );
  if (!refs.some(({ name }) => branchOf(name) === branch)) {
    throw new NotFoundError(
      `${session.name} has no branch ${branch}; an address must name a branch that changes can be merged into, or none`,
    );
  }
  return branch;
}
