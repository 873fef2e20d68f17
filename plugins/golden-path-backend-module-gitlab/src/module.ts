import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { goldenPathForgeExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { GitlabForge } from './GitlabForge';

/** Lets golden paths read gitlab.com and every GitLab under `integrations.gitlab`. @public */
export const goldenPathModuleGitlab = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'gitlab',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        forges: goldenPathForgeExtensionPoint,
      },
      async init({ config, forges }) {
        forges.addForge(
          new GitlabForge({ integrations: ScmIntegrations.fromConfig(config) }),
        );
      },
    });
  },
});
