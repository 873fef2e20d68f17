import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createFetchAction } from './fetch/createFetchAction';
import { createPublishGitAction } from './publish/createPublishGitAction';
import { readPublishConfig } from './publish/publishConfig';

/** Adds the actions of the Golden Path suite to the scaffolder. @public */
export const scaffolderModuleGoldenPath = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'golden-path',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        reader: coreServices.urlReader,
      },
      async init({ actions, auth, config, discovery, reader }) {
        const integrations = ScmIntegrations.fromConfig(config);
        actions.addActions(
          createFetchAction({ config, integrations, reader }),
          createPublishGitAction({
            auth,
            discovery,
            integrations,
            options: readPublishConfig(config),
          }),
        );
      },
    });
  },
});
