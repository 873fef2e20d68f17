import {
  type AuthService,
  type DiscoveryService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { readFolder } from '../fetch/readFolder';
import {
  type Destination,
  plannedRepository,
  remoteDestination,
} from '../publish/destination';
import { LocalGitClient } from '../publish/LocalGitClient';
import type { PublishOptions } from '../publish/publishConfig';
import { proposeGitExamples } from './proposeGit.examples';
import { pushBranch } from './pushBranch';

const DRY_RUN_COMMIT = '0'.repeat(40);
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/**
 * The action `golden-path:propose:git`: pushes the workspace's files as a new branch of an existing repository, one
 * commit on top of its default branch. For hosts without change requests of their own.
 *
 * @public
 */
export function createProposeGitAction(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  integrations: ScmIntegrationRegistry;
  options: PublishOptions;
}) {
  const { auth, discovery, integrations, options } = deps;
  return createTemplateAction({
    id: 'golden-path:propose:git',
    description:
      'Pushes the files of the workspace as a new branch of an existing git repository, one commit on top of its default branch',
    examples: proposeGitExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repository: z =>
          z
            .string()
            .optional()
            .describe('Name of a repository that local-git serves'),
        remoteUrl: z =>
          z
            .string()
            .optional()
            .describe(
              'Address of a repository to push to, instead of repository; the token is the secret gitToken',
            ),
        username: z =>
          z
            .string()
            .optional()
            .describe(
              "User name that goes with gitToken, for hosts that look at it; 'git' by default",
            ),
        branch: z =>
          z
            .string()
            .regex(BRANCH)
            .optional()
            .describe("The new branch; 'golden-path/adopt' by default"),
        targetBranch: z =>
          z
            .string()
            .regex(BRANCH)
            .optional()
            .describe("The branch to build on; 'main' by default"),
        commitMessage: z =>
          z.string().min(1).optional().describe('Message of the commit'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace with the new files; the workspace itself by default',
            ),
      },
      output: {
        remoteUrl: z => z.string().describe('Address to clone'),
        branch: z => z.string().describe('The branch that was pushed'),
        repositoryPageUrl: z =>
          z.string().describe('Page for people, on that branch'),
        commitHash: z => z.string().describe('The commit that was pushed'),
      },
    },
    async handler(ctx) {
      const { input, isDryRun, secrets } = ctx;
      if (Boolean(input.repository) === Boolean(input.remoteUrl)) {
        throw new InputError("Give either 'repository' or 'remoteUrl'");
      }
      const branch = input.branch ?? 'golden-path/adopt';
      const base = input.targetBranch ?? 'main';
      const folder = resolveSafeChildPath(
        ctx.workspacePath,
        input.sourcePath ?? '.',
      );
      const destination: Destination = input.remoteUrl
        ? forBranch(
            remoteDestination({
              remoteUrl: input.remoteUrl,
              branch,
              username: input.username ?? 'git',
              token: secrets?.gitToken || undefined,
              allowedRemotes: options.allowedRemotes,
              integrations,
            }),
          )
        : await servedRepository({
            name: input.repository ?? '',
            branch,
            client: new LocalGitClient({
              auth,
              discovery,
              credentials: await ctx.getInitiatorCredentials(),
            }),
          });
      const { remoteUrl, username, repositoryPageUrl } = destination;
      const push = async () => {
        const files = await readFolder(folder);
        return {
          commitHash: await pushBranch({
            files: files.filter(({ path }) => !path.startsWith('.git/')),
            target: {
              remoteUrl,
              branch,
              username,
              token: await destination.token(),
            },
            base,
            commitMessage: input.commitMessage ?? 'Adopt the golden path',
            author: options.author,
            temporaryFolder: () => ctx.createTemporaryDirectory(),
          }),
        };
      };
      const { commitHash } = isDryRun
        ? { commitHash: DRY_RUN_COMMIT }
        : await ctx.checkpoint({
            key: `propose.push.${destination.key}.${branch}`,
            fn: push,
          });
      ctx.output('remoteUrl', remoteUrl);
      ctx.output('branch', branch);
      ctx.output('repositoryPageUrl', repositoryPageUrl);
      ctx.output('commitHash', commitHash);
    },
  });

  async function servedRepository(request: {
    name: string;
    branch: string;
    client: LocalGitClient;
  }): Promise<Destination> {
    const parsed = repositoryNameSchema.safeParse(request.name);
    if (!parsed.success) {
      throw new InputError(`repository: ${parsed.error.issues[0].message}`);
    }
    const name = parsed.data;
    const { cloneUrl } = await plannedRepository(name, discovery);
    const page = new URL(
      `${options.appBaseUrl}/golden-paths/repositories/${name}`,
    );
    page.searchParams.set('ref', request.branch);
    return {
      key: name,
      remoteUrl: cloneUrl,
      branch: request.branch,
      username: 'backstage',
      repositoryPageUrl: page.href,
      token: async () => (await request.client.createPushToken(name)).token,
    };
  }
}

/** The page of the branch, for hosts of which it is known. */
function forBranch(destination: Destination): Destination {
  const { repoContentsUrl, repositoryPageUrl } = destination;
  return {
    ...destination,
    repositoryPageUrl: repoContentsUrl ?? repositoryPageUrl,
  };
}
