import { InputError } from '@backstage/errors';
import {
  explainHostFailure,
  HostFailureError,
} from '@goldenpath/backstage-plugin-golden-path-node';
import {
  getBearerHandler,
  getPersonalAccessTokenHandler,
} from 'azure-devops-node-api';
import { GitApi } from 'azure-devops-node-api/GitApi';
import { PolicyApi } from 'azure-devops-node-api/PolicyApi';
import { z } from 'zod';
import { AzureAddress } from './addressOf';
import { azureFailureOf } from './azureFailureOf';

const repositorySchema = z.object({
  id: z.string(),
  name: z.string(),
  defaultBranch: z.string().nullish(),
  project: z.object({ id: z.string(), name: z.string() }),
});

const NEEDS =
  "the scope Code (Read & write) and the permissions 'Contribute' and 'Contribute to pull requests'";
const USER_AGENT = 'golden-path';
const OPTIONS = { socketTimeout: 30_000 };
const HEADS = 'refs/heads/';

/** The clients of the parts of Azure DevOps that are asked. @internal */
export interface AzureClients {
  git: GitApi;
  policy: PolicyApi;
}

/** @internal */
export interface AzureToken {
  token: string;
  type: 'pat' | 'bearer';
}

/** One repository, with the credentials for it. @internal */
export class AzureSession {
  readonly token: string;
  readonly #address: AzureAddress;
  readonly #clients: AzureClients;
  readonly #signal: AbortSignal;
  #repository: z.infer<typeof repositorySchema> | undefined;

  private constructor(options: {
    token: string;
    address: AzureAddress;
    clients: AzureClients;
    signal: AbortSignal;
  }) {
    this.token = options.token;
    this.#address = options.address;
    this.#clients = options.clients;
    this.#signal = options.signal;
  }

  /** Reads the repository. Throws when the credentials do not show it, or nothing was ever pushed to it. */
  static async open(options: {
    credentials: AzureToken;
    address: AzureAddress;
    signal: AbortSignal;
  }): Promise<AzureSession> {
    const { credentials, address, signal } = options;
    const session = new AzureSession({
      token: credentials.token,
      address,
      clients: createClients(address.serverUrl, credentials),
      signal,
    });
    session.#repository = await session.ask(
      'read the repository',
      repositorySchema,
      ({ git }) => git.getRepository(address.repository, address.project),
    );
    return session;
  }

  get repositoryId(): string {
    return this.#read.id;
  }

  get projectId(): string {
    return this.#read.project.id;
  }

  /** Project and name as Azure DevOps has them now. */
  get name(): string {
    const { project, repository } = this.#address;
    return this.#repository
      ? `${this.#repository.project.name}/${this.#repository.name}`
      : `${project}/${repository}`;
  }

  /** Page of the repository, and where git pushes to. */
  get webUrl(): string {
    const { project, name } = this.#read;
    return [
      this.#address.serverUrl,
      encodeURIComponent(project.name),
      '_git',
      encodeURIComponent(name),
    ].join('/');
  }

  get defaultBranch(): string {
    const { defaultBranch } = this.#read;
    if (!defaultBranch) {
      throw new InputError(
        `The repository ${this.name} on ${
          this.#host
        } has no branch; push one first`,
      );
    }
    return branchOf(defaultBranch);
  }

  /** Asks Azure DevOps, checks what is read of the answer, and throws what a failure means for what is done. */
  async ask<T>(
    doing: string,
    schema: z.ZodType<T>,
    call: (clients: AzureClients) => Promise<unknown>,
  ): Promise<T> {
    try {
      const answer = await until(this.#signal, () => call(this.#clients));
      if (answer === null || answer === undefined) {
        // The client's word for 404
        throw new HostFailureError({ status: 404, said: 'not found' });
      }
      return schema.parse(answer);
    } catch (error) {
      this.#signal.throwIfAborted();
      const failure = azureFailureOf(error);
      throw failure
        ? explainHostFailure(failure, {
            host: this.#host,
            repository: this.name,
            doing,
            needs: NEEDS,
            configuration: 'integrations.azure',
            seen: this.#repository !== undefined,
            secrets: [this.token],
          })
        : error;
    }
  }

  get #read(): z.infer<typeof repositorySchema> {
    if (!this.#repository) {
      throw new Error('The repository was not read');
    }
    return this.#repository;
  }

  get #host(): string {
    return new URL(this.#address.serverUrl).host;
  }
}

/** The short name of a branch. @internal */
export function branchOf(ref: string): string {
  return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref;
}

/** The full name of a branch. @internal */
export function refOf(branch: string): string {
  return `${HEADS}${branch}`;
}

/** The clients for the address itself, so that the credentials go nowhere that an answer names. */
function createClients(
  serverUrl: string,
  { token, type }: AzureToken,
): AzureClients {
  const handler = () => [
    type === 'pat'
      ? getPersonalAccessTokenHandler(token, false)
      : getBearerHandler(token, false),
  ];
  return {
    git: new GitApi(serverUrl, handler(), OPTIONS, USER_AGENT),
    policy: new PolicyApi(serverUrl, handler(), OPTIONS, USER_AGENT),
  };
}

/** The client knows of no signal. */
async function until<T>(
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let refuse = () => {};
  const aborted = new Promise<never>((_, reject) => {
    refuse = () => reject(signal.reason);
  });
  signal.addEventListener('abort', refuse, { once: true });
  try {
    return await Promise.race([run(), aborted]);
  } finally {
    signal.removeEventListener('abort', refuse);
  }
}
