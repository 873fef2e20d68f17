import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import {
  goldenPathChangeHostExtensionPoint,
  goldenPathForgeExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { GitlabChangeHost } from './changes/GitlabChangeHost';
import { GitlabForge } from './GitlabForge';

/**
 * Lets golden paths read gitlab.com and every GitLab under `integrations.gitlab`, and propose updates there.
 * @public
 */
export const goldenPathModuleGitlab = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'gitlab',
  register(env) {
    env.registerInit({
      deps: {
        changeHosts: goldenPathChangeHostExtensionPoint,
        config: coreServices.rootConfig,
        forges: goldenPathForgeExtensionPoint,
      },
      async init({ changeHosts, config, forges }) {
        const integrations = ScmIntegrations.fromConfig(config);
        forges.addForge(new GitlabForge({ integrations }));
        changeHosts.addChangeHost(new GitlabChangeHost({ integrations }));
      },
    });
  },
});
