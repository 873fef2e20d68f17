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
import { SignalsService } from '@backstage/plugin-signals-node';
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
import { GateStore } from './database/GateStore';
import { HierarchyStore } from './database/HierarchyStore';
import { HintStore } from './database/HintStore';
import { ResultStore } from './database/ResultStore';
import { ScorecardStore } from './database/ScorecardStore';
import { ServiceEditStore } from './database/ServiceEditStore';
import { SnapshotStore } from './database/SnapshotStore';
import { TemplateWatch } from './drift/TemplateWatch';
import { createIngestServices } from './events/createIngestServices';
import { createGateServices } from './gate/createGateServices';
import { readGateItems } from './gate/readGateItems';
import { createHealthServices } from './health/createHealthServices';
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
import { WebhookRegistry } from './webhooks/WebhookRegistry';
import { Worker } from './work/Worker';
import { WorkQueue } from './work/WorkQueue';

const RECOVERY_MS = 60_000;
/** How long what waits to be computed lets events go first. */
const MOST_PATIENCE_MS = 1_000;

/** @internal */
export interface CreateServicesOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  scaffolder: ScaffolderService;
  signals: SignalsService;
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
  /** Senders of webhooks, with those of other modules. */
  senders: WebhookRegistry;
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
  const fileLocations = new FileLocations({ catalog, auth });

  const access = new EntityAccess({
    catalog,
    auth,
    permissions: options.permissions,
  });
  const health = createHealthServices({
    ...options,
    config: config.health,
    access,
    entities,
    events,
    queue,
    decisions: place => readGateItems(new GateStore({ knex }), place),
  });
  const ingest = createIngestServices({
    ...options,
    config: config.ingest,
    access,
    events,
    hints,
    queue,
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
    health: health.reader,
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
    keepEvents: (entityRef, bodies) => health.collected.keep(entityRef, bodies),
    onGone: entityRef => health.forget([entityRef]),
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
      new HealthCollector({
        ttl: config.ttl.health,
        health: health.service,
      }),
      ...options.added,
    ],
    driftTtl: config.ttl.drift,
  });

  const scorecardReader = new ScorecardReader({
    paths,
    scorecards,
    queue,
    access,
  });
  const gating = createGateServices({
    ...options,
    access,
    health: health.reader,
    healthOf: async (entityRef, environment) =>
      (await health.service.current(entityRef, environment)).response,
    scorecardsOf: entityRef => scorecardReader.scorecards(entityRef),
    scorecards,
    snapshots,
    onDecision: entityRef => health.signals.changed(entityRef, 'gate'),
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
    anomalies: health.anomalies,
    ingest,
    gateJudge: gating.judge,
    templateWatch,
    updating,
    forecastRunner: templateFleet.forecastRunner,
    worker: new Worker({
      queue,
      logger,
      concurrency: config.concurrency,
      process: async (work, signal) => {
        const { entityRef, reasons } = work;
        await ingest.pace.calm(MOST_PATIENCE_MS, signal);
        if (reasons.includes('delivery-event')) {
          await health.service.delivered(entityRef);
        }
        await evaluator.evaluate(work, signal);
        await health.signals.changed(entityRef, 'scorecard');
      },
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
      attacher: ingest.attacher,
      templates: templateWatch,
    }),
    routes: {
      guard: new RequestGuard({ ...options, access }),
      access,
      planReader: planning.planReader,
      templates: new TemplateDescriber({ templates }),
      scorecards: scorecardReader,
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
      gate: gating.gate,
      gateReview: gating.gateReview,
      healthService: health.service,
      timeline: health.timeline,
      healthRollups: health.rollups,
      anomalies: health.anomalies,
      events: new EventReader({ events }),
      paths: new PathReader({ paths, scorecards: fleet }),
      ...ingest.routes,
      queue,
    },
  };
}
