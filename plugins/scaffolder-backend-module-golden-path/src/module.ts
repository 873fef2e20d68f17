import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createAdoptAction } from './adopt/createAdoptAction';
import { createProposeGitAction } from './adopt/createProposeGitAction';
import { createFetchAction } from './fetch/createFetchAction';
import { createPublishGitAction } from './publish/createPublishGitAction';
import { readPublishConfig } from './publish/publishConfig';
import { createScoreAction } from './score/createScoreAction';

/** Adds the actions of the Golden Path suite to the scaffolder. @public */
export const scaffolderModuleGoldenPath = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'golden-path',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        reader: coreServices.urlReader,
      },
      async init({ actions, auth, catalog, config, discovery, reader }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const options = readPublishConfig(config);
        actions.addActions(
          createFetchAction({ config, integrations, reader }),
          createAdoptAction({
            auth,
            catalog,
            config,
            discovery,
            integrations,
            reader,
          }),
          createScoreAction({ auth, catalog, discovery }),
          createPublishGitAction({
            auth,
            discovery,
            integrations,
            options,
          }),
          createProposeGitAction({ auth, discovery, integrations, options }),
        );
      },
    });
  },
});
