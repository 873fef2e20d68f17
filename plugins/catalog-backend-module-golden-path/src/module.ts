import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { GoldenPathEntitiesProcessor } from './GoldenPathEntitiesProcessor';
import { ProvenanceProcessor } from './ProvenanceProcessor';

/**
 * Lets the catalog hold golden paths, and relates entities to the templates they were created from.
 * @public
 */
export const catalogModuleGoldenPath = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'golden-path',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addProcessor(
          new GoldenPathEntitiesProcessor(),
          new ProvenanceProcessor(),
        );
      },
    });
  },
});
