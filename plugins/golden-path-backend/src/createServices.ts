import {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { FactCollector } from '@goldenpath/backstage-plugin-golden-path-node';
import { Knex } from 'knex';
import { CatalogCollector } from './collectors/CatalogCollector';
import { FileLocations } from './collectors/FileLocations';
import { HealthCollector } from './collectors/HealthCollector';
import { RepositoryCollector } from './collectors/RepositoryCollector';
import { GoldenPathConfig } from './config';
import { DriftTemplateStore } from './database/DriftTemplateStore';
import { EntityStore } from './database/EntityStore';
import { EvaluationStore } from './database/EvaluationStore';
import { EventStore } from './database/EventStore';
import { FactStore } from './database/FactStore';
import { HintStore } from './database/HintStore';
import { ScorecardStore } from './database/ScorecardStore';
import { SnapshotStore } from './database/SnapshotStore';
import { TemplateReader } from './drift/TemplateReader';
import { TemplateWatch } from './drift/TemplateWatch';
import { EventAttacher } from './events/EventAttacher';
import { EventIngest } from './events/EventIngest';
import { PathRegistry } from './paths/PathRegistry';
import { RequestGuard } from './router/RequestGuard';
import { EntityAccess } from './service/EntityAccess';
import { EntityEvaluator } from './service/EntityEvaluator';
import { EventReader } from './service/EventReader';
import { HealthReader } from './service/HealthReader';
import { PathReader } from './service/PathReader';
import { Reconciler } from './service/Reconciler';
import { ScorecardReader } from './service/ScorecardReader';
import { Worker } from './work/Worker';
import { WorkQueue } from './work/WorkQueue';

/** @internal */
export interface CreateServicesOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  urlReader: UrlReaderService;
  config: GoldenPathConfig;
  knex: Knex;
  paths: PathRegistry;
  /** Collectors of other modules. */
  added: FactCollector[];
}

/** Puts the parts of the plugin together. @internal */
export function createServices(options: CreateServicesOptions) {
  const { catalog, auth, urlReader, logger, config, knex, paths } = options;
  const limits = config.repository;
  const queue = new WorkQueue({ knex });
  const entities = new EntityStore({ knex });
  const facts = new FactStore({ knex });
  const snapshots = new SnapshotStore({ knex });
  const scorecards = new ScorecardStore({ knex });
  const events = new EventStore({ knex });
  const hints = new HintStore({ knex });
  const health = new HealthReader({ events, config: config.health });
  const fileLocations = new FileLocations({ catalog, auth });

  const templates = new TemplateReader({
    catalog,
    auth,
    urlReader,
    fileLocations,
    limits,
  });
  const evaluator = new EntityEvaluator({
    catalog,
    auth,
    logger,
    paths,
    entities,
    facts,
    snapshots,
    scorecards,
    evaluations: new EvaluationStore({ knex }),
    templates,
    collectors: [
      new CatalogCollector({ ttl: config.ttl.catalog, catalog, auth }),
      new RepositoryCollector({
        ttl: config.ttl.repository,
        urlReader,
        fileLocations,
        snapshots,
        limits,
      }),
      new HealthCollector({ ttl: config.ttl.health, health }),
      ...options.added,
    ],
    driftTtl: config.ttl.drift,
  });

  const access = new EntityAccess({
    catalog,
    permissions: options.permissions,
  });
  return {
    queue,
    entities,
    worker: new Worker({
      queue,
      logger,
      concurrency: config.concurrency,
      process: (work, signal) => evaluator.evaluate(work, signal),
    }),
    reconciler: new Reconciler({
      catalog,
      auth,
      logger,
      paths,
      entities,
      facts,
      queue,
      attacher: new EventAttacher({ catalog, auth, hints, queue }),
      templates: new TemplateWatch({
        templates,
        compared: new DriftTemplateStore({ knex }),
        queue,
        logger,
      }),
    }),
    routes: {
      guard: new RequestGuard({ ...options, access }),
      scorecards: new ScorecardReader({
        paths,
        scorecards,
        facts,
        queue,
        access,
      }),
      health,
      events: new EventReader({ events }),
      paths: new PathReader({ paths, scorecards }),
      ingest: new EventIngest({ catalog, auth, hints, events, queue }),
      queue,
    },
  };
}
