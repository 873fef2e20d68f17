import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { goldenPathChangeHostExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { AzureChangeHost } from './AzureChangeHost';

/** Lets golden paths propose updates on every Azure DevOps under `integrations.azure`. @public */
export const goldenPathModuleAzure = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'azure',
  register(env) {
    env.registerInit({
      deps: {
        changeHosts: goldenPathChangeHostExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ changeHosts, config }) {
        const integrations = ScmIntegrations.fromConfig(config);
        changeHosts.addChangeHost(
          new AzureChangeHost({
            integrations,
            credentials:
              DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
                integrations,
              ),
          }),
        );
      },
    });
  },
});
