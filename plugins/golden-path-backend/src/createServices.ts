import {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { FactCollector } from '@goldenpath/backstage-plugin-golden-path-node';
import { describeUpdate } from '@goldenpath/engine';
import { pushChange } from '@goldenpath/git';
import { Knex } from 'knex';
import {
  createProvenance,
  createTemplateFleetServices,
} from './createTemplateFleetServices';
import { CatalogCollector } from './collectors/CatalogCollector';
import { CollectorCircuits } from './collectors/CollectorCircuits';
import { FileLocations } from './collectors/FileLocations';
import { ForgeCollector } from './collectors/ForgeCollector';
import { ForgeRegistry } from './collectors/ForgeRegistry';
import { HealthCollector } from './collectors/HealthCollector';
import { RepositoryCollector } from './collectors/RepositoryCollector';
import { GoldenPathConfig } from './config';
import { CircuitStore } from './database/CircuitStore';
import { DriftTemplateStore } from './database/DriftTemplateStore';
import { EntityStore } from './database/EntityStore';
import { EvaluationStore } from './database/EvaluationStore';
import { EventStore } from './database/EventStore';
import { FactDayStore } from './database/FactDayStore';
import { FactStore } from './database/FactStore';
import { FleetStore } from './database/FleetStore';
import { HierarchyStore } from './database/HierarchyStore';
import { HintStore } from './database/HintStore';
import { ResultStore } from './database/ResultStore';
import { ScorecardStore } from './database/ScorecardStore';
import { ServiceEditStore } from './database/ServiceEditStore';
import { SnapshotStore } from './database/SnapshotStore';
import { TemplateWatch } from './drift/TemplateWatch';
import { EventAttacher } from './events/EventAttacher';
import { EventIngest } from './events/EventIngest';
import { FleetReader } from './fleet/FleetReader';
import { PathPreview } from './fleet/PathPreview';
import { SourceReader } from './fleet/SourceReader';
import { FactSchemas } from './paths/loadPaths';
import { PathRegistry } from './paths/PathRegistry';
import { createPlanServices } from './plans/createPlanServices';
import { Merging } from './plans/Merging';
import { RecoverProvenance } from './plans/PlanReader';
import { RequestGuard } from './router/RequestGuard';
import { ReadWaivers, ScorePass } from './scoring/ScorePass';
import { EntityAccess } from './service/EntityAccess';
import { EntityEvaluator } from './service/EntityEvaluator';
import { EventReader } from './service/EventReader';
import { HealthReader } from './service/HealthReader';
import { PathReader } from './service/PathReader';
import { Reconciler } from './service/Reconciler';
import { ScorecardReader } from './service/ScorecardReader';
import { TemplateDescriber } from './templates/TemplateDescriber';
import { ChangeHostRegistry } from './updates/ChangeHostRegistry';
import { createUpdateServices } from './updates/createUpdateServices';
import { CatalogTemplates } from './versions/CatalogTemplates';
import { WaiverFileStore } from './waivers/WaiverFileStore';
import { WaiverService } from './waivers/WaiverService';
import { WaiverStore } from './waivers/WaiverStore';
import { Worker } from './work/Worker';
import { WorkQueue } from './work/WorkQueue';

const RECOVERY_MS = 60_000;

/** @internal */
export interface CreateServicesOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  scaffolder: ScaffolderService;
  permissions: PermissionsService;
  urlReader: UrlReaderService;
  config: GoldenPathConfig;
  knex: Knex;
  paths: PathRegistry;
  /** Collectors of other modules. */
  added: FactCollector[];
  forges: ForgeRegistry;
  /** Hosts of other modules that updates are proposed on. */
  hosts: ChangeHostRegistry;
  merging: Merging;
  factSchemas: FactSchemas;
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
  const fleet = new FleetStore({ knex });
  const hierarchy = new HierarchyStore({ knex });
  const circuits = new CircuitStore({ knex });
  const waivers = new WaiverStore({ knex });
  const readWaivers: ReadWaivers = read =>
    waivers.inForce(read.entityRefs, read.now, read.knex);
  const events = new EventStore({ knex });
  const hints = new HintStore({ knex });
  const health = new HealthReader({ events, config: config.health });
  const fileLocations = new FileLocations({ catalog, auth });

  const access = new EntityAccess({
    catalog,
    permissions: options.permissions,
  });
  const waiverService = new WaiverService({
    waivers,
    files: new WaiverFileStore({ knex }),
    access,
    paths,
    auth,
    permissions: options.permissions,
    auditor: options.auditor,
    config: config.waivers,
    onChanged: entityRef => queue.enqueue(entityRef, 'waiver-changed'),
  });
  const edits = new ServiceEditStore({ knex });
  const planning = createPlanServices({
    ...options,
    fileLocations,
    limits,
    snapshots,
    access,
    recordEdits: edited => edits.replace(edited),
    recover,
  });
  const { templates } = planning;
  const provenance = createProvenance({
    ...options,
    versions: planning.versions,
    contents: planning.repositories,
  });
  /** Needs the versions that planning keeps, and planning needs it. */
  async function recover(
    wanted: Parameters<RecoverProvenance>[0],
  ): ReturnType<RecoverProvenance> {
    const { entityRef, credentials } = wanted;
    const signal = AbortSignal.timeout(RECOVERY_MS);
    const found = await provenance.describe(entityRef, signal);
    const visible = await access.visible(
      found ? [found.template] : [],
      credentials,
    );
    return found && visible.has(found.template) ? found : undefined;
  }
  const updating = createUpdateServices({
    ...options,
    config: config.updates,
    access,
    health,
    queue,
    planner: planning.plans,
    provenance,
    describe: describeUpdate,
    push: pushChange,
    readTemplate: ref => templates.read(ref),
  });
  const templateFleet = createTemplateFleetServices({
    ...options,
    limits,
    access,
    snapshots,
    edits,
    templates,
    versions: planning.versions,
    plans: planning.plans,
    findSource: updating.findSource,
    push: pushChange,
    author: config.updates.author,
    updates: updating.newest,
  });
  const evaluator = new EntityEvaluator({
    catalog,
    auth,
    logger,
    paths,
    entities,
    facts,
    snapshots,
    results: new ResultStore({ knex }),
    evaluations: new EvaluationStore({ knex }),
    circuits: new CollectorCircuits({ store: circuits, logger }),
    syncWaivers: async sync => {
      await waiverService.syncFile(sync);
    },
    readWaivers,
    templates,
    renderer: planning.renderer,
    renderings: planning.renderings,
    refiner: planning.refiner,
    collectors: [
      new CatalogCollector({ ttl: config.ttl.catalog, catalog, auth }),
      new RepositoryCollector({
        ttl: config.ttl.repository,
        urlReader,
        fileLocations,
        snapshots,
        limits,
        trees: planning.trees,
      }),
      new ForgeCollector({ ttl: config.ttl.forge, forges: options.forges }),
      new HealthCollector({ ttl: config.ttl.health, health }),
      ...options.added,
    ],
    driftTtl: config.ttl.drift,
  });

  const templateWatch = new TemplateWatch({
    templates,
    compared: new DriftTemplateStore({ knex }),
    catalogTemplates: new CatalogTemplates({ catalog, auth }),
    versions: planning.versions,
    queue,
    logger,
  });
  return {
    queue,
    entities,
    templateWatch,
    updating,
    forecastRunner: templateFleet.forecastRunner,
    worker: new Worker({
      queue,
      logger,
      concurrency: config.concurrency,
      process: (work, signal) => evaluator.evaluate(work, signal),
    }),
    pass: new ScorePass({ knex, logger, paths, readWaivers }),
    reconciler: new Reconciler({
      catalog,
      auth,
      logger,
      paths,
      entities,
      facts,
      factDays: new FactDayStore({ knex }),
      hierarchy,
      historyDays: config.historyDays,
      queue,
      attacher: new EventAttacher({ catalog, auth, hints, queue }),
      templates: templateWatch,
    }),
    routes: {
      guard: new RequestGuard({ ...options, access }),
      access,
      planReader: planning.planReader,
      templates: new TemplateDescriber({ templates }),
      scorecards: new ScorecardReader({
        paths,
        scorecards,
        queue,
        access,
      }),
      fleet: new FleetReader({ fleet, hierarchy, paths, access }),
      preview: new PathPreview({
        knex,
        catalog,
        paths,
        readWaivers,
        factSchemas: options.factSchemas,
      }),
      sources: new SourceReader({ facts, circuits }),
      waivers: waiverService,
      updates: updating.updates,
      rollouts: updating.rollouts,
      ...templateFleet.routes,
      auth,
      publicBadges: config.publicBadges,
      health,
      events: new EventReader({ events }),
      paths: new PathReader({ paths, scorecards: fleet }),
      ingest: new EventIngest({ catalog, auth, hints, events, queue }),
      queue,
    },
  };
}
