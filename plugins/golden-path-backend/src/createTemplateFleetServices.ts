import {
  AuthService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { UpdateRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { LOCK_FILE, parseLock, RenderValues } from '@goldenpath/engine';
import { Knex } from 'knex';
import { AdoptionReader } from './adoption/AdoptionReader';
import { readTree } from './collectors/readTree';
import { TreeLimits } from './collectors/walkFolder';
import { DriftLayerStore } from './database/DriftLayerStore';
import { ForecastStore } from './database/ForecastStore';
import { ServiceEditStore } from './database/ServiceEditStore';
import { SnapshotStore } from './database/SnapshotStore';
import { DesirePaths } from './desirePaths/DesirePaths';
import { EditProposals } from './desirePaths/EditProposals';
import { Template, templateFromFiles } from './drift/templateFiles';
import { TemplateReader } from './drift/TemplateReader';
import { ForecastRunner } from './forecasts/ForecastRunner';
import { ForecastService } from './forecasts/ForecastService';
import { Merging, mergerOf } from './plans/Merging';
import { PlanService } from './plans/PlanService';
import { RepositoryContents } from './plans/RepositoryContents';
import { Provenance } from './provenance/Provenance';
import { ProvenanceRecovery } from './provenance/ProvenanceRecovery';
import { ScaffolderTasks } from './provenance/ScaffolderTasks';
import { EntityAccess } from './service/EntityAccess';
import { ChangeHosts, FindSource, PushChange } from './updates/UpdateSources';
import { TemplateVersions } from './versions/TemplateVersions';

/** @internal */
export interface TemplateFleetOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  urlReader: UrlReaderService;
  knex: Knex;
  limits: TreeLimits;
  access: EntityAccess;
  snapshots: SnapshotStore;
  edits: ServiceEditStore;
  templates: TemplateReader;
  versions: TemplateVersions;
  plans: PlanService;
  merging: Merging;
  hosts: ChangeHosts;
  findSource: FindSource;
  push: PushChange;
  author: { name: string; email: string };
  /** The newest update request of each layer of some entities. */
  updates(entityRefs: string[]): Promise<UpdateRequest[]>;
}

/** What concerns a template and all of its services: adoption, forecasts, desire paths, provenance. @internal */
export function createTemplateFleetServices(options: TemplateFleetOptions) {
  const { knex, access, auth, logger, templates, versions, plans } = options;
  const layers = new DriftLayerStore({ knex });
  const forecastStore = new ForecastStore({ knex });
  const readTemplate = (ref: string) => templates.read(ref);
  const runner = new ForecastRunner({
    store: forecastStore,
    logger,
    readTemplate: wanted => templateToTry(wanted, options),
    plan: async ({ entityRef, layerId, template, signal }) => {
      const [planned] = await plans.plan({
        entityRef,
        layerId,
        target: template,
        signal,
      });
      return planned.plan;
    },
  });
  return {
    forecastRunner: runner,
    routes: {
      adoption: new AdoptionReader({
        layers,
        access,
        readTemplate,
        versions: ref => versions.list(ref),
        updates: options.updates,
      }),
      forecasts: new ForecastService({
        store: forecastStore,
        layers,
        access,
        auth,
        start: () => {
          runner.run().catch(error => logger.warn(`Forecasts: ${error}`));
        },
      }),
      desirePaths: new DesirePaths({
        edits: options.edits,
        access,
        readTemplate,
        valuesOf: (entityRef, ref) =>
          valuesOf(entityRef, ref, options.snapshots),
        merger: async () => mergerOf(options.merging),
        proposals: new EditProposals({
          knex,
          locate: ref => locate(ref, options),
          push: change => pushOne(change, options),
        }),
      }),
    },
  };
}

/** Finds out where services without a lock come from. @internal */
export function createProvenance(
  options: Pick<
    TemplateFleetOptions,
    'catalog' | 'auth' | 'logger' | 'versions'
  > & { scaffolder: ScaffolderService; contents: RepositoryContents },
): Provenance {
  const { versions } = options;
  return new Provenance({
    ...options,
    recovery: new ProvenanceRecovery({
      ...options,
      tasks: new ScaffolderTasks(options),
      templateRefs: () => versions.templates(),
      versions: ref => versions.list(ref),
      template: (ref, digest) => versions.read(ref, digest),
    }),
  });
}

async function templateToTry(
  wanted: { templateRef: string; url: string | null; signal: AbortSignal },
  options: Pick<TemplateFleetOptions, 'templates' | 'urlReader' | 'limits'>,
): Promise<Template> {
  const { templateRef, url, signal } = wanted;
  const { templates, urlReader, limits } = options;
  if (url === null) {
    const reading = await templates.read(templateRef);
    if (reading.status === 'unreadable') {
      throw new Error(reading.reason);
    }
    return reading.template;
  }
  const tree = await readTree({
    location: { type: 'url', url },
    urlReader,
    limits,
    signal,
  });
  if (!tree) {
    throw new Error(`${url} could not be read`);
  }
  return templateFromFiles(tree.files, { url, commit: tree.commit });
}

async function valuesOf(
  entityRef: string,
  templateRef: string,
  snapshots: SnapshotStore,
): Promise<RenderValues | undefined> {
  const snapshot = await snapshots.read(entityRef);
  if (snapshot?.lockText === undefined) {
    return undefined;
  }
  try {
    const lock = parseLock({ text: snapshot.lockText, file: LOCK_FILE });
    return lock.layers.find(
      ({ template }) => template.entityRef === templateRef,
    )?.render.values;
  } catch {
    // Drift says what is wrong with it
    return undefined;
  }
}

async function locate(
  templateRef: string,
  options: Pick<TemplateFleetOptions, 'hosts' | 'findSource'>,
) {
  const { url, reason } = await options.findSource(templateRef);
  if (url === undefined) {
    return { refusal: reason };
  }
  const host = options.hosts.find(url);
  return host
    ? { url, host }
    : {
        refusal: `No configured host of changes knows ${url}; see the README of the Golden Path backend`,
      };
}

async function pushOne(
  change: Parameters<ConstructorParameters<typeof EditProposals>[0]['push']>[0],
  options: Pick<TemplateFleetOptions, 'push' | 'author'>,
): Promise<void> {
  const { host, url, branch, file, message, date, signal } = change;
  const { remoteUrl, credentials, baseBranch, folder } = await host.repository({
    url,
    signal,
  });
  await options.push({
    remoteUrl,
    credentials,
    baseBranch,
    branch,
    files: [
      {
        path: folder ? `${folder}/${file.path}` : file.path,
        mode: file.mode,
        content: Buffer.from(file.content),
      },
    ],
    message: `${message}\n`,
    author: options.author,
    date,
    signal,
  });
}
