import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { goldenPathCollectorExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { readUnleashConfig } from './config';
import { FlagsCollector } from './FlagsCollector';

/**
 * Gives golden paths the feature flags of services, as `flags`, where `goldenPath.unleash` is configured.
 * @public
 */
export const goldenPathModuleUnleash = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'unleash',
  register(env) {
    env.registerInit({
      deps: {
        collectors: goldenPathCollectorExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ collectors, config }) {
        const unleash = readUnleashConfig(config);
        if (unleash) {
          collectors.addCollector(new FlagsCollector(unleash));
        }
      },
    });
  },
});
