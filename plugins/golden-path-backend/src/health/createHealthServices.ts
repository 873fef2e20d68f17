import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { ownerOf } from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import { AnomalyStore } from '../database/AnomalyStore';
import { EntityStore } from '../database/EntityStore';
import { EventLogStore } from '../database/EventLogStore';
import { EventStore } from '../database/EventStore';
import { HealthReportStore } from '../database/HealthReportStore';
import { Notifier } from '../notifications/Notifier';
import { EntityAccess } from '../service/EntityAccess';
import { HealthReader } from '../service/HealthReader';
import { WorkQueue } from '../work/WorkQueue';
import { AnomalyService } from './AnomalyService';
import { CollectedEvents } from './CollectedEvents';
import { HealthConfig } from './config';
import { EntitySignals } from './EntitySignals';
import { EventLog } from './EventLog';
import { HealthRollups } from './HealthRollups';
import { HealthService } from './HealthService';
import { ReadDecisions, Timeline } from './Timeline';

/** Puts the parts of downstream health together. @internal */
export function createHealthServices(options: {
  knex: Knex;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  notifications: NotificationService;
  signals: SignalsService;
  config: HealthConfig;
  access: EntityAccess;
  entities: EntityStore;
  events: EventStore;
  queue: WorkQueue;
  decisions: ReadDecisions;
}) {
  const { knex, catalog, auth, logger, config, entities, events } = options;
  const reports = new HealthReportStore({ knex });
  const anomalies = new AnomalyStore({ knex });
  const signals = new EntitySignals(options);
  const reader = new HealthReader({
    events,
    log: new EventLog({ store: new EventLogStore({ knex }) }),
    config,
    timeZoneOf: entityRef => entities.timeZoneOf(entityRef),
  });
  const service = new HealthService({
    reader,
    reports,
    anomalies,
    environment: config.environment,
    logger,
    onChanged: entityRef => signals.changed(entityRef, 'health'),
  });
  return {
    reader,
    service,
    signals,
    collected: new CollectedEvents({ events, queue: options.queue }),
    anomalies: new AnomalyService({
      anomalies,
      reader,
      catalog,
      auth,
      logger,
      attributionWindowHours: config.attributionWindowHours,
      refresh: (entityRef, environment) =>
        service.refresh(entityRef, environment),
      notifier: new Notifier({
        send: config.notifications
          ? payload => options.notifications.send(payload)
          : undefined,
        ownerOf: async entityRef => {
          const credentials = await auth.getOwnServiceCredentials();
          const entity = await catalog.getEntityByRef(entityRef, {
            credentials,
          });
          return entity && ownerOf(entity);
        },
        logger,
      }),
    }),
    rollups: new HealthRollups({
      reports,
      anomalies,
      access: options.access,
      environment: config.environment,
      windowDays: config.windowDays,
    }),
    timeline: new Timeline({
      reader,
      anomalies,
      decisions: options.decisions,
    }),
    /** Of entities that are gone. */
    async forget(entityRefs: string[]) {
      await reports.forget(entityRefs);
      await anomalies.forget(entityRefs);
    },
  };
}
