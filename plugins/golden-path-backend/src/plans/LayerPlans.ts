import { Layer, ServiceEdit } from '@goldenpath/engine';
import { PlanStore, StoredPlan } from '../database/PlanStore';
import { TemplateReading } from '../drift/TemplateReader';
import { planKey } from './planKey';
import { PlanService } from './PlanService';
import { RepositoryContent } from './RepositoryContents';

/** Plans by the id of their layer, and why there is none for others. @internal */
export interface PlansOfLayers {
  plans: Map<string, StoredPlan>;
  problems: Map<string, Error>;
}

/** Replaces what is known of a service's edits of one layer. @internal */
export type RecordEdits = (edited: {
  entityRef: string;
  layerId: string;
  templateRef: string;
  edits: readonly ServiceEdit[];
}) => Promise<void>;

/** @internal */
export interface LayerPlansOptions {
  service: PlanService;
  store: PlanStore;
  readTemplate(templateRef: string): Promise<TemplateReading>;
  recordEdits?: RecordEdits;
  now?: () => Date;
}

/** Plans to the newest version, without decisions: made once, and kept while what they were made from is the same. @internal */
export class LayerPlans {
  readonly #options: LayerPlansOptions;

  constructor(options: LayerPlansOptions) {
    this.#options = options;
  }

  /** Plans that are kept and still hold. */
  async known(options: {
    entityRef: string;
    commit: string | null;
    digests: ReadonlyMap<string, string>;
    layers: readonly Layer[];
  }): Promise<Map<string, StoredPlan>> {
    const { entityRef, layers } = options;
    const { store, readTemplate } = this.#options;
    const known = new Map<string, StoredPlan>();
    for (const { id, template } of layers) {
      const reading = await readTemplate(template.entityRef);
      if (reading.status === 'read') {
        const key = this.#key(id, options, reading.template.digest);
        const stored = await store.find(entityRef, id, key);
        if (stored) {
          known.set(id, stored);
        }
      }
    }
    return known;
  }

  /** Makes the plans of a service, or of one of its layers, and keeps them. Throws as `PlanService.plan`. */
  async make(options: {
    content: RepositoryContent;
    layerId?: string;
    signal: AbortSignal;
  }): Promise<PlansOfLayers> {
    const { content, layerId, signal } = options;
    const { service, store, recordEdits } = this.#options;
    const { entityRef } = content;
    const { planned, problems } = await service.plans({
      entityRef,
      content,
      layerId,
      signal,
    });
    const plans = new Map<string, StoredPlan>();
    for (const one of planned) {
      const stored: StoredPlan = {
        layerId: one.layerId,
        key: this.#key(one.layerId, content, one.plan.template.inputDigest),
        madeAt: this.#now().toISOString(),
        plan: one.plan,
      };
      signal.throwIfAborted();
      await store.write(entityRef, stored);
      await recordEdits?.({
        entityRef,
        layerId: one.layerId,
        templateRef: one.plan.template.entityRef,
        edits: one.plan.edits,
      });
      plans.set(one.layerId, stored);
    }
    return { plans, problems };
  }

  /** Records that a service has edited nothing in a layer, which takes no plan to know. */
  async unedited(
    entityRef: string,
    layer: { id: string; template: { entityRef: string } },
  ): Promise<void> {
    await this.#options.recordEdits?.({
      entityRef,
      layerId: layer.id,
      templateRef: layer.template.entityRef,
      edits: [],
    });
  }

  /** Forgets plans of an entity but for these. */
  async forgetOthers(
    entityRef: string,
    plans: ReadonlyMap<string, StoredPlan>,
  ): Promise<void> {
    const keys = [...plans.values()].map(({ key }) => key);
    await this.#options.store.forgetOthers(entityRef, keys);
  }

  #key(
    layerId: string,
    service: { commit: string | null; digests: ReadonlyMap<string, string> },
    targetDigest: string,
  ): string {
    const { commit, digests } = service;
    const now = this.#now();
    return planKey({ layerId, commit, digests, targetDigest, now });
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
