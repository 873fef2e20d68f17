import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { goldenPathPermissions } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  goldenPathCollectorExtensionPoint,
  goldenPathForgeExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { CollectorRegistry } from './collectors/CollectorRegistry';
import { ForgeRegistry } from './collectors/ForgeRegistry';
import { readGoldenPathConfig } from './config';
import { createServices } from './createServices';
import { openDatabase } from './database/migrations';
import { subscribe } from './events/subscribe';
import { PathRegistry } from './paths/PathRegistry';
import { createRouter } from './router/createRouter';

const RECONCILE_TASK = 'golden-path-reconcile';
const RELOAD_TASK = 'golden-path-reload-paths';
const JUDGE_TASK = 'golden-path-judge';

/**
 * Scores catalog entities against golden paths, with drift and downstream health.
 * @public
 */
export const goldenPathPlugin = createBackendPlugin({
  pluginId: 'golden-path',
  register(env) {
    const collectors = new CollectorRegistry();
    const forges = new ForgeRegistry();
    env.registerExtensionPoint(goldenPathCollectorExtensionPoint, collectors);
    env.registerExtensionPoint(goldenPathForgeExtensionPoint, forges);

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { logger, scheduler, lifecycle, events } = deps;
        const config = readGoldenPathConfig(deps.rootConfig);
        const knex = await openDatabase(deps.database);
        const paths = await PathRegistry.create({
          ...deps,
          locations: config.paths,
          knex,
          factSchemas: collectors.schemas(),
        });
        const services = createServices({
          ...deps,
          config,
          knex,
          paths,
          added: collectors.list(),
          forges,
          factSchemas: collectors.schemas(),
        });

        deps.permissionsRegistry.addPermissions(goldenPathPermissions);
        deps.httpRouter.use(createRouter(services.routes));
        if (config.publicBadges) {
          deps.httpRouter.addAuthPolicy({
            path: '/v1/badges',
            allow: 'unauthenticated',
          });
        }

        await subscribe({
          events,
          logger,
          entities: services.entities,
          queue: services.queue,
          startScan: () => scheduler.triggerTask(RECONCILE_TASK),
        });
        await scheduler.scheduleTask({
          id: RELOAD_TASK,
          scope: 'local',
          frequency: { minutes: 1 },
          timeout: { minutes: 1 },
          initialDelay: { minutes: 1 },
          fn: () => paths.reload(),
        });
        await scheduler.scheduleTask({
          id: JUDGE_TASK,
          scope: 'local',
          frequency: { seconds: 10 },
          timeout: { minutes: 30 },
          initialDelay: { seconds: 10 },
          fn: async signal => {
            await services.pass.expireOtherDefinitions();
            await services.pass.run(signal);
          },
        });
        lifecycle.addStartupHook(async () => {
          services.worker.start();
          await scheduler.createScheduledTaskRunner(config.reconcile).run({
            id: RECONCILE_TASK,
            fn: signal => services.reconciler.reconcile(signal),
          });
        });
        lifecycle.addShutdownHook(() => services.worker.stop());
      },
    });
  },
});
