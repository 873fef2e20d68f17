import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { goldenPathPermissions } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  goldenPathChangeHostExtensionPoint,
  goldenPathCollectorExtensionPoint,
  goldenPathForgeExtensionPoint,
  goldenPathWebhookSenderExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { CollectorRegistry } from './collectors/CollectorRegistry';
import { ForgeRegistry } from './collectors/ForgeRegistry';
import { readGoldenPathConfig } from './config';
import { createServices } from './createServices';
import { openDatabase } from './database/migrations';
import { subscribe } from './events/subscribe';
import { PathRegistry } from './paths/PathRegistry';
import { openMerging } from './plans/Merging';
import { createRouter } from './router/createRouter';
import { ChangeHostRegistry } from './updates/ChangeHostRegistry';
import { subscribeToPushes } from './updates/subscribeToPushes';
import { WebhookRegistry } from './webhooks/WebhookRegistry';

const RECONCILE_TASK = 'golden-path-reconcile';
const RELOAD_TASK = 'golden-path-reload-paths';
const JUDGE_TASK = 'golden-path-judge';
const FOLLOW_TASK = 'golden-path-follow-updates';
const ROLLOUT_TASK = 'golden-path-drive-rollouts';
const PRUNE_TASK = 'golden-path-prune-events';
const ANOMALY_TASK = 'golden-path-tell-of-anomalies';
const GATE_TASK = 'golden-path-judge-decisions';
const FORECAST_TASK = 'golden-path-forecasts';

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
    const hosts = new ChangeHostRegistry();
    env.registerExtensionPoint(goldenPathChangeHostExtensionPoint, hosts);
    const senders = new WebhookRegistry();
    env.registerExtensionPoint(goldenPathWebhookSenderExtensionPoint, senders);

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
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
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
        const merging = await openMerging(logger);
        const services = createServices({
          ...deps,
          config,
          knex,
          paths,
          added: collectors.list(),
          forges,
          hosts,
          senders,
          merging,
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

        // Each message proves its own origin
        deps.httpRouter.addAuthPolicy({
          path: '/v1/webhooks',
          allow: 'unauthenticated',
        });

        await services.ingest.subscribe(events);
        await subscribe({
          events,
          logger,
          entities: services.entities,
          queue: services.queue,
          startScan: () => scheduler.triggerTask(RECONCILE_TASK),
          templatesPushed: url => services.templateWatch.pushed(url),
        });
        const { updating } = services;
        await subscribeToPushes({ events, follower: updating.follower });
        await scheduler.scheduleTask({
          id: FOLLOW_TASK,
          frequency: { minutes: 1 },
          timeout: { minutes: 10 },
          initialDelay: { seconds: 30 },
          fn: signal => updating.follower.followDue(signal),
        });
        await scheduler.scheduleTask({
          id: ROLLOUT_TASK,
          frequency: { seconds: 10 },
          timeout: { minutes: 10 },
          initialDelay: { seconds: 10 },
          fn: signal => updating.driver.driveAll(signal),
        });
        await scheduler.scheduleTask({
          id: FORECAST_TASK,
          scope: 'local',
          frequency: { seconds: 30 },
          timeout: { hours: 2 },
          initialDelay: { seconds: 15 },
          fn: signal => services.forecastRunner.run(signal),
        });
        await scheduler.scheduleTask({
          id: PRUNE_TASK,
          frequency: { days: 1 },
          timeout: { hours: 2 },
          initialDelay: { minutes: 10 },
          fn: async signal => {
            await services.ingest.retention.prune(signal);
          },
        });
        await scheduler.scheduleTask({
          id: ANOMALY_TASK,
          frequency: { minutes: 1 },
          timeout: { minutes: 5 },
          initialDelay: { minutes: 1 },
          fn: () => services.anomalies.tell(),
        });
        await scheduler.scheduleTask({
          id: GATE_TASK,
          frequency: { minutes: 5 },
          timeout: { minutes: 10 },
          initialDelay: { minutes: 1 },
          fn: async signal => {
            await services.gateJudge.judgeDue(signal);
          },
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
          updating.worker.start();
          await scheduler.createScheduledTaskRunner(config.reconcile).run({
            id: RECONCILE_TASK,
            fn: signal => services.reconciler.reconcile(signal),
          });
        });
        lifecycle.addShutdownHook(async () => {
          await Promise.all([
            services.worker.stop(),
            updating.worker.stop(),
            services.forecastRunner.stop(),
          ]);
          await merging.close();
        });
      },
    });
  },
});
