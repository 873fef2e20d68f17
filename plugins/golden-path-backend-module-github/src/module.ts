import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  goldenPathChangeHostExtensionPoint,
  goldenPathForgeExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { GithubChangeHost } from './changes/GithubChangeHost';
import { GithubForge } from './GithubForge';

/**
 * Lets golden paths read github.com and every GitHub Enterprise under `integrations.github`, and propose updates there.
 * @public
 */
export const goldenPathModuleGithub = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        changeHosts: goldenPathChangeHostExtensionPoint,
        config: coreServices.rootConfig,
        forges: goldenPathForgeExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ changeHosts, config, forges, logger }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const credentials =
          DefaultGithubCredentialsProvider.fromIntegrations(integrations);
        const options = { integrations, credentials, logger };
        forges.addForge(new GithubForge(options));
        changeHosts.addChangeHost(new GithubChangeHost(options));
      },
    });
  },
});
