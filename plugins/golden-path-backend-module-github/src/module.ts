import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { goldenPathForgeExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { GithubForge } from './GithubForge';

/** Lets golden paths read github.com and every GitHub Enterprise under `integrations.github`. @public */
export const goldenPathModuleGithub = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        forges: goldenPathForgeExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ config, forges, logger }) {
        const integrations = ScmIntegrations.fromConfig(config);
        forges.addForge(
          new GithubForge({
            integrations,
            credentials:
              DefaultGithubCredentialsProvider.fromIntegrations(integrations),
            logger,
          }),
        );
      },
    });
  },
});
