import type { DiscoveryService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import type { LocalGitClient } from './LocalGitClient';
import type { PublishOptions } from './publishConfig';
import { checkRemoteUrl, forgePages } from './remoteUrl';

/** Branch of every repository that local-git creates. */
const LOCAL_GIT_BRANCH = 'main';

/** Where a workspace goes, and the addresses under which it is found afterwards. */
export type Destination = {
  /** Tells the checkpoints of one task apart, also within `each`. */
  key: string;
  remoteUrl: string;
  branch: string;
  username: string;
  repositoryPageUrl: string;
  repoContentsUrl?: string;
  /** Asked for when something is pushed, so that a dry run needs none. */
  token: () => Promise<string | undefined>;
};

/** A repository that exists already, on a host that app-config allows. */
export function remoteDestination(options: {
  remoteUrl: string;
  branch: string;
  username: string;
  token: string | undefined;
  allowedRemotes: readonly string[];
  integrations: ScmIntegrationRegistry;
}): Destination {
  const { remoteUrl, branch, username, token, integrations } = options;
  const url = checkRemoteUrl(remoteUrl, options.allowedRemotes);
  const pages = forgePages({ remoteUrl: url, branch, integrations });
  return {
    key: remoteUrl,
    remoteUrl,
    branch,
    username,
    repositoryPageUrl: pages.repository,
    repoContentsUrl: pages.contents,
    token: async () => token,
  };
}

/** What local-git tells of a repository that may be kept in a checkpoint: no token. */
export type CreatedRepository = {
  cloneUrl: string;
  treeUrl: string;
  branch: string;
};

/**
 * A repository that local-git creates and serves.
 *
 * @param options - `create` runs the creation, once per task; without a `client`, as in a dry run, nothing is created
 * and the addresses are those the repository would have.
 */
export async function localGitDestination(options: {
  repository: string;
  branch: string | undefined;
  description: string | undefined;
  owner: string | undefined;
  taskId: string;
  client: LocalGitClient | undefined;
  discovery: DiscoveryService;
  appBaseUrl: PublishOptions['appBaseUrl'];
  create: (
    key: string,
    fn: () => Promise<CreatedRepository>,
  ) => Promise<CreatedRepository>;
}): Promise<Destination> {
  const { branch, client, discovery } = options;
  const parsed = repositoryNameSchema.safeParse(options.repository);
  if (!parsed.success) {
    throw new InputError(`repository: ${parsed.error.issues[0].message}`);
  }
  if (branch !== undefined && branch !== LOCAL_GIT_BRANCH) {
    throw new InputError(
      `Repositories of local-git have the branch '${LOCAL_GIT_BRANCH}', not '${branch}'`,
    );
  }
  const name = parsed.data;
  let pushToken: string | undefined;
  const created = client
    ? await options.create(`publish.create.${name}`, async () => {
        const { repository, push } = await client.createRepository({
          name,
          description: options.description,
          owner: options.owner,
          idempotencyKey: `${options.taskId}:${name}`,
        });
        pushToken = push.token;
        const { cloneUrl, treeUrl, defaultBranch } = repository;
        return { cloneUrl, treeUrl, branch: defaultBranch };
      })
    : await plannedRepository(name, discovery);
  return {
    key: name,
    remoteUrl: created.cloneUrl,
    branch: created.branch,
    username: 'backstage',
    repositoryPageUrl: `${options.appBaseUrl}/golden-paths/repositories/${name}`,
    repoContentsUrl: created.treeUrl,
    token: async () =>
      pushToken ?? (await client?.createPushToken(name))?.token,
  };
}

/** The addresses that a repository of local-git has. */
export async function plannedRepository(
  name: string,
  discovery: DiscoveryService,
): Promise<CreatedRepository> {
  const pluginUrl = await discovery.getExternalBaseUrl('local-git');
  return {
    cloneUrl: `${pluginUrl}/git/${name}.git`,
    treeUrl: `${pluginUrl}/repositories/${name}/tree/${LOCAL_GIT_BRANCH}/`,
    branch: LOCAL_GIT_BRANCH,
  };
}
