import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { readLocalGitSettings } from '../config';
import { LocalGitSourceProcessor } from './LocalGitSourceProcessor';

/**
 * Annotates entities read from served repositories with their source location, so that their source can be viewed.
 *
 * @public
 */
export const catalogModuleLocalGit = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'local-git',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        catalog: catalogProcessingExtensionPoint,
      },
      async init({ config, catalog }) {
        const settings = readLocalGitSettings(config);
        if (settings) {
          catalog.addProcessor(
            new LocalGitSourceProcessor({
              prefix: `${settings.pluginUrl}/repositories/`,
            }),
          );
        }
      },
    });
  },
});
