import {
  AuthService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { FileLocations } from '../collectors/FileLocations';
import { TreeCache } from '../collectors/TreeCache';
import { TreeLimits } from '../collectors/walkFolder';
import { ContentStore } from '../database/ContentStore';
import { PlanStore } from '../database/PlanStore';
import { RenderingStore } from '../database/RenderingStore';
import { SnapshotStore } from '../database/SnapshotStore';
import { TemplateVersionStore } from '../database/TemplateVersionStore';
import { DriftRefiner } from '../drift/DriftRefiner';
import { TemplateReader } from '../drift/TemplateReader';
import { EntityAccess } from '../service/EntityAccess';
import { describeError } from '../service/describeError';
import { ChangeHostRegistry } from '../updates/ChangeHostRegistry';
import { TemplateVersions } from '../versions/TemplateVersions';
import { BaseResolver } from './BaseResolver';
import { LayerPlans, RecordEdits } from './LayerPlans';
import { Merging } from './Merging';
import { PlanReader, RecoverProvenance } from './PlanReader';
import { PlanService } from './PlanService';
import { Renderer } from './Renderer';
import { RepositoryContents } from './RepositoryContents';

/** @internal */
export interface CreatePlanServicesOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  urlReader: UrlReaderService;
  knex: Knex;
  fileLocations: FileLocations;
  limits: TreeLimits;
  snapshots: SnapshotStore;
  access: EntityAccess;
  hosts: ChangeHostRegistry;
  merging: Merging;
  recordEdits?: RecordEdits;
  recover?: RecoverProvenance;
}

/** Puts together what reads templates, keeps their versions and plans updates. @internal */
export function createPlanServices(options: CreatePlanServicesOptions) {
  const { knex, logger, urlReader, limits, merging } = options;
  const contents = new ContentStore({ knex });
  const versions = new TemplateVersions({
    versions: new TemplateVersionStore({ knex, contents }),
    contents,
  });
  const templates = new TemplateReader({
    ...options,
    onRead: async (templateRef, template) => {
      try {
        await versions.register(templateRef, template);
      } catch (error) {
        // The scan tries again; what was read can be used meanwhile
        logger.warn(
          `A version of ${templateRef} was not kept: ${describeError(error)}`,
        );
      }
    },
  });
  const readTemplate = (ref: string) => templates.read(ref);
  const renderings = new RenderingStore({ knex, contents });
  const renderer = new Renderer();
  const trees = new TreeCache();
  const repositories = new RepositoryContents({ ...options, trees });
  const plans = new PlanService({
    contents: repositories,
    base: new BaseResolver({
      versions,
      renderings,
      contents,
      renderer,
      urlReader,
      limits,
    }),
    renderer,
    versions,
    readTemplate,
    merging,
  });
  const layerPlans = new LayerPlans({
    service: plans,
    store: new PlanStore({ knex }),
    readTemplate,
    recordEdits: options.recordEdits,
  });
  return {
    templates,
    versions,
    renderings,
    renderer,
    trees,
    repositories,
    plans,
    refiner: new DriftRefiner({ plans: layerPlans, contents: repositories }),
    planReader: new PlanReader({
      ...options,
      plans: layerPlans,
      contents: repositories,
    }),
  };
}
