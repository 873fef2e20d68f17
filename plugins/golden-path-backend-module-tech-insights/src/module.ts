import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { goldenPathCollectorExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { readTechInsightsConfig } from './config';
import { TechInsightsClient } from './TechInsightsClient';
import { TechInsightsCollector } from './TechInsightsCollector';

/**
 * Gives golden paths the facts of Tech Insights retrievers, as `techInsights`.
 * @public
 */
export const goldenPathModuleTechInsights = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'tech-insights',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        cache: coreServices.cache,
        collectors: goldenPathCollectorExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ auth, cache, collectors, config, discovery }) {
        collectors.addCollector(
          new TechInsightsCollector({
            client: new TechInsightsClient({ auth, cache, discovery }),
            config: readTechInsightsConfig(config),
          }),
        );
      },
    });
  },
});
