import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { goldenPathChangeHostExtensionPoint } from '@goldenpath/backstage-plugin-golden-path-node';
import { readLocalGitSettings } from '../config';
import { LocalGitChangeHost } from './LocalGitChangeHost';
import { LocalGitClient } from './LocalGitClient';

/**
 * Lets golden paths propose updates to services in served repositories, as change requests. Nothing is added unless
 * repositories are served.
 *
 * @public
 */
export const goldenPathModuleLocalGit = createBackendModule({
  pluginId: 'golden-path',
  moduleId: 'local-git',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        hosts: goldenPathChangeHostExtensionPoint,
      },
      async init({ auth, config, discovery, hosts }) {
        const settings = readLocalGitSettings(config);
        if (settings) {
          hosts.addChangeHost(
            new LocalGitChangeHost({
              client: new LocalGitClient({ auth, discovery }),
              prefix: new URL(`${settings.pluginUrl}/repositories/`),
              appUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
            }),
          );
        }
      },
    });
  },
});
