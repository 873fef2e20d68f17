import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { goldenPathCollectorExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { readPrometheusConfig } from './config';
import { SloCollector } from './SloCollector';

/**
 * Gives golden paths the objectives of services and their error budgets, as `slo`, where `goldenPath.prometheus` is
 * configured.
 * @public
 */
export const goldenPathModulePrometheus = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'prometheus',
  register(env) {
    env.registerInit({
      deps: {
        collectors: goldenPathCollectorExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ collectors, config }) {
        const servers = readPrometheusConfig(config);
        if (servers.length > 0) {
          collectors.addCollector(new SloCollector(servers));
        }
      },
    });
  },
});
