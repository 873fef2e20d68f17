import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { goldenPathChangeHostExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { GiteaChangeHost } from './GiteaChangeHost';

/** Lets golden paths propose updates on every Gitea and Forgejo under `integrations.gitea`. @public */
export const goldenPathModuleGitea = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'gitea',
  register(env) {
    env.registerInit({
      deps: {
        changeHosts: goldenPathChangeHostExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ changeHosts, config }) {
        const integrations = ScmIntegrations.fromConfig(config);
        changeHosts.addChangeHost(new GiteaChangeHost({ integrations }));
      },
    });
  },
});
