import {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import { DeliveryStore } from '../database/DeliveryStore';
import { EventStore } from '../database/EventStore';
import { HintStore } from '../database/HintStore';
import { ReportIngest } from '../reports/ReportIngest';
import { EntityAccess } from '../service/EntityAccess';
import { RefusalLog } from '../webhooks/RefusalLog';
import { WebhookReceiver } from '../webhooks/WebhookReceiver';
import { WebhookRegistry } from '../webhooks/WebhookRegistry';
import { WorkQueue } from '../work/WorkQueue';
import { CatalogVisibility } from './CatalogVisibility';
import { IngestConfig } from './config';
import { EnvironmentNames } from './EnvironmentNames';
import { EventAttacher } from './EventAttacher';
import { EventEntityResolver } from './EventEntityResolver';
import { EventIngest } from './EventIngest';
import { EventWriter, OnIngested } from './EventWriter';
import { IngestPace } from './IngestPace';
import { Retention } from './Retention';
import { subscribeToTopics } from './subscribeToTopics';

/** Puts together what takes delivery events in. @internal */
export function createIngestServices(options: {
  knex: Knex;
  catalog: CatalogService;
  auth: AuthService;
  auditor: AuditorService;
  logger: LoggerService;
  config: IngestConfig;
  access: EntityAccess;
  events: EventStore;
  hints: HintStore;
  queue: WorkQueue;
  senders: WebhookRegistry;
  onIngested?: OnIngested;
}) {
  const { knex, config, events, hints, logger, senders } = options;
  const deliveries = new DeliveryStore({ knex });
  const resolver = new EventEntityResolver({
    visibility: new CatalogVisibility(options),
    hints,
  });
  const pace = new IngestPace();
  const ingest = new EventIngest({
    resolver,
    writer: new EventWriter({ ...options, deliveries, pace }),
    environments: new EnvironmentNames(config.environments),
  });
  const webhooks = new WebhookReceiver({
    registry: senders,
    ingest,
    deliveries,
    auditor: options.auditor,
    config: config.webhooks,
    environments: config.environments,
    refusals: new RefusalLog({ logger }),
  });
  return {
    ingest,
    pace,
    attacher: new EventAttacher(options),
    retention: new Retention({
      events,
      deliveries,
      logger,
      eventDays: config.eventDays,
    }),
    /** Starts to take events from the configured topics. */
    subscribe: (service: EventsService) =>
      subscribeToTopics({
        events: service,
        ingest,
        webhooks,
        auditor: options.auditor,
        logger,
        topics: config.topics,
        senders: senders.ids(),
      }),
    routes: {
      ingest,
      webhooks,
      reports: new ReportIngest({
        ...options,
        ingest,
        resolver,
        deliveries,
        costTag: config.costTag,
      }),
    },
  };
}
