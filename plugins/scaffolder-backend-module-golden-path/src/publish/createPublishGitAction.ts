import {
  type AuthService,
  type DiscoveryService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { localGitDestination, remoteDestination } from './destination';
import { LocalGitClient } from './LocalGitClient';
import type { PublishOptions } from './publishConfig';
import { publishGitExamples } from './publishGit.examples';
import { pushWorkspace } from './pushWorkspace';

const DRY_RUN_COMMIT = '0'.repeat(40);

/**
 * The action `golden-path:publish:git`: publishes the workspace as the first commit of a git repository, either one
 * that the plugin local-git creates and serves, or one on a host that app-config allows.
 *
 * @public
 */
export function createPublishGitAction(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  integrations: ScmIntegrationRegistry;
  options: PublishOptions;
}) {
  const { auth, discovery, integrations, options } = deps;
  return createTemplateAction({
    id: 'golden-path:publish:git',
    description:
      'Publishes the workspace as the first commit of a git repository: one that the local-git plugin creates, or one on an allowed host',
    examples: publishGitExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repository: z =>
          z
            .string()
            .optional()
            .describe('Name of the repository to create with local-git'),
        remoteUrl: z =>
          z
            .string()
            .optional()
            .describe(
              'Address of an empty repository to push to, instead of repository; the token is the secret gitToken',
            ),
        username: z =>
          z
            .string()
            .optional()
            .describe(
              "User name that goes with gitToken, for hosts that look at it; 'git' by default",
            ),
        description: z =>
          z.string().max(500).optional().describe('What the repository is for'),
        owner: z =>
          z
            .string()
            .optional()
            .describe(
              'Entity that owns the repository: group:default/payments',
            ),
        defaultBranch: z =>
          z
            .string()
            .regex(
              /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
            )
            .optional()
            .describe("Branch to publish; 'main' by default"),
        commitMessage: z =>
          z.string().min(1).optional().describe('Message of the commit'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace to publish; the workspace itself by default',
            ),
      },
      output: {
        remoteUrl: z => z.string().describe('Address to clone'),
        repoContentsUrl: z =>
          z
            .string()
            .optional()
            .describe(
              'Address of the files on the branch, with a trailing slash; absent for hosts without an integration',
            ),
        catalogInfoUrl: z =>
          z
            .string()
            .optional()
            .describe('Address of catalog-info.yaml, for catalog:register'),
        repositoryPageUrl: z => z.string().describe('Page for people'),
        commitHash: z => z.string().describe('The published commit'),
      },
    },
    async handler(ctx) {
      const { input, secrets, isDryRun } = ctx;
      if (Boolean(input.repository) === Boolean(input.remoteUrl)) {
        throw new InputError("Give either 'repository' or 'remoteUrl'");
      }
      const folder = resolveSafeChildPath(
        ctx.workspacePath,
        input.sourcePath ?? '.',
      );
      const destination = input.remoteUrl
        ? remoteDestination({
            remoteUrl: input.remoteUrl,
            branch: input.defaultBranch ?? 'main',
            username: input.username ?? 'git',
            token: secrets?.gitToken || undefined,
            allowedRemotes: options.allowedRemotes,
            integrations,
          })
        : await localGitDestination({
            repository: input.repository ?? '',
            branch: input.defaultBranch,
            description: input.description,
            owner: input.owner,
            taskId: ctx.task.id,
            client: isDryRun
              ? undefined
              : new LocalGitClient({
                  auth,
                  discovery,
                  credentials: await ctx.getInitiatorCredentials(),
                }),
            discovery,
            appBaseUrl: options.appBaseUrl,
            create: (key, fn) => ctx.checkpoint({ key, fn }),
          });
      const { remoteUrl, branch, repoContentsUrl } = destination;
      const push = async () => ({
        commitHash: await pushWorkspace({
          folder,
          target: {
            remoteUrl,
            branch,
            username: destination.username,
            token: await destination.token(),
          },
          commitMessage: input.commitMessage ?? options.commitMessage,
          author: options.author,
          logger: ctx.logger,
          temporaryFolder: () => ctx.createTemporaryDirectory(),
        }),
      });
      const { commitHash } = isDryRun
        ? { commitHash: DRY_RUN_COMMIT }
        : await ctx.checkpoint({
            key: `publish.push.${destination.key}.${branch}`,
            fn: push,
          });
      ctx.output('remoteUrl', remoteUrl);
      ctx.output('repositoryPageUrl', destination.repositoryPageUrl);
      ctx.output('commitHash', commitHash);
      if (repoContentsUrl) {
        ctx.output('repoContentsUrl', repoContentsUrl);
        ctx.output(
          'catalogInfoUrl',
          new URL('catalog-info.yaml', repoContentsUrl).href,
        );
      } else {
        ctx.logger.info(
          `No integration for ${remoteUrl}: repoContentsUrl is left out`,
        );
      }
    },
  });
}
