import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { goldenPathChangeHostExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { BitbucketCloudChangeHost } from './BitbucketCloudChangeHost';

/** Lets golden paths propose updates on bitbucket.org with the credentials under `integrations.bitbucketCloud`. @public */
export const goldenPathModuleBitbucketCloud = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'bitbucket-cloud',
  register(env) {
    env.registerInit({
      deps: {
        changeHosts: goldenPathChangeHostExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ changeHosts, config }) {
        const integrations = ScmIntegrations.fromConfig(config);
        changeHosts.addChangeHost(
          new BitbucketCloudChangeHost({ integrations }),
        );
      },
    });
  },
});
