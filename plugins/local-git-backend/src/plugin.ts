import { mkdir } from 'node:fs/promises';
import {
  coreServices,
  createBackendPlugin,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import {
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { LocalGitSettings, readLocalGitSettings } from './config';
import { ChangeRequestStore } from './database/ChangeRequestStore';
import { openDatabase } from './database/openDatabase';
import { PushTokenStore } from './database/PushTokenStore';
import { RepositoryStore } from './database/RepositoryStore';
import { findGitProblem } from './git/findGitProblem';
import { gitHome } from './git/gitEnvironment';
import { localGitPermissions } from './permissions';
import { createRefusal, createRouter } from './router/createRouter';
import { ChangeRequestActions } from './service/ChangeRequestActions';
import { ChangeRequests } from './service/ChangeRequests';
import { ChangeRequestWatcher } from './service/ChangeRequestWatcher';
import { PushObserver } from './service/PushObserver';
import { PushReceiver } from './service/PushReceiver';
import { PushTokens } from './service/PushTokens';
import { Repositories } from './service/Repositories';
import { RepositoryBrowser } from './service/RepositoryBrowser';

const DISABLED =
  'No repositories are served here; localGit.enabled in the app-config turns them on';

/**
 * Serves git repositories from a folder of the backend's machine.
 *
 * @public
 */
export const localGitPlugin = createBackendPlugin({
  pluginId: 'local-git',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { auditor, config, events, httpRouter, logger } = deps;
        deps.permissionsRegistry.addPermissions(localGitPermissions);
        openPaths(httpRouter);
        const settings = readLocalGitSettings(config);
        if (!settings) {
          httpRouter.use(createRefusal(new NotFoundError(DISABLED)));
          return;
        }
        const problem = await prepare(settings);
        if (problem) {
          logger.error(problem);
          httpRouter.use(createRefusal(new ServiceUnavailableError(problem)));
          return;
        }
        const { directory, pluginUrl } = settings;
        const knex = await openDatabase(deps.database);
        const tokens = new PushTokens({
          store: new PushTokenStore(knex),
          ttl: settings.tokenTtl,
        });
        const store = new RepositoryStore(knex);
        const requestStore = new ChangeRequestStore(knex);
        const watcher = new ChangeRequestWatcher({
          directory,
          store: requestStore,
        });
        const receiver = new PushReceiver({
          directory,
          pluginUrl,
          observer: new PushObserver(),
          watcher,
          events,
          auditor,
          logger,
        });
        const repositories = new Repositories({ settings, store, tokens });
        const appUrl = config.getString('app.baseUrl').replace(/\/+$/, '');
        const requests = new ChangeRequests({
          directory,
          appUrl,
          repositories,
          store: requestStore,
          watcher,
        });
        const actions = new ChangeRequestActions({
          directory,
          requests,
          store: requestStore,
          receiver,
          logger,
        });
        httpRouter.use(
          createRouter({
            git: { settings, tokens, receiver, logger },
            access: deps,
            repositories,
            browser: new RepositoryBrowser({ directory }),
            requests,
            actions,
            appUrl,
          }),
        );
      },
    });
  },
});

/** Git clients and browsers that open a file's address have no Backstage credentials. */
function openPaths(httpRouter: HttpRouterService): void {
  for (const path of [
    '/git',
    '/repositories/:name/tree',
    '/repositories/:name/blob',
  ]) {
    httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
}

/** Makes the folders; says in one sentence what is in the way. */
async function prepare(
  settings: LocalGitSettings,
): Promise<string | undefined> {
  const { directory } = settings;
  try {
    await mkdir(gitHome(directory), { recursive: true, mode: 0o700 });
  } catch (error) {
    return `Serving repositories needs a folder that can be written, and localGit.directory cannot be: ${
      toError(error).message
    }`;
  }
  return findGitProblem({ directory });
}
