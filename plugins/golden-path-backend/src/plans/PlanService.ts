import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  FileChange,
  formatLock,
  Layer,
  Lock,
  LOCK_FILE,
  mergeLayer,
  migrateValues,
  PlanNotice,
  planUpdate,
  SourceFile,
  UpdateDecisions,
  UpdatePlan,
  UpdateTarget,
} from '@goldenpath/engine';
import { Template, templateSourceOf } from '../drift/templateFiles';
import { TemplateReading } from '../drift/TemplateReader';
import { describeError } from '../service/describeError';
import { TemplateVersions } from '../versions/TemplateVersions';
import { BaseResolver } from './BaseResolver';
import { mergerOf, Merging } from './Merging';
import { Renderer } from './Renderer';
import { RepositoryContent, RepositoryContents } from './RepositoryContents';

const PLANNED_BY = 'golden-path-backend';

/** A planned update of one layer, with what the service has now. @internal */
export interface PlannedLayer {
  entityRef: string;
  layerId: string;
  plan: UpdatePlan;
  /** Everything but the lock, ordered by path. */
  changes: FileChange[];
  /** The layer as it is once the update is applied. */
  layer: Layer;
  /** The lock of the service as it is now. */
  lock: Lock;
  /** The lock's file once the update is applied. */
  lockText: string;
  /** Commit of the service that was planned on; `null` where it is under no version control. */
  commit: string | null;
  /** The new version's CHANGELOG.md. */
  changelog?: string;
}

/** The plans of a service, and why there are none. @internal */
export interface EntityPlans {
  content: RepositoryContent;
  planned: PlannedLayer[];
  /** Why there is no plan for a layer, by its id. */
  problems: Map<string, Error>;
}

/** Which version an update leads to. @internal */
export type PlanTarget = Template | { version: string; inputDigest: string };

/** @internal */
export interface PlanOptions {
  entityRef: string;
  /** By default every layer of the lock. */
  layerId?: string;
  /** By default what each layer's template is now, as the catalog has it. */
  target?: PlanTarget;
  decisions?: UpdateDecisions;
  applied?: { at: string; via: string };
  signal: AbortSignal;
}

/** @internal */
export interface PlanServiceOptions {
  contents: Pick<RepositoryContents, 'read'>;
  base: Pick<BaseResolver, 'resolve'>;
  renderer: Renderer;
  versions: Pick<TemplateVersions, 'read'>;
  readTemplate(templateRef: string): Promise<TemplateReading>;
  merging: Merging;
  now?: () => Date;
}

/** Works out what updates would do to services. @internal */
export class PlanService {
  readonly #options: PlanServiceOptions;
  readonly #now: () => Date;

  constructor(options: PlanServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Why nothing can be planned here at all, if so. */
  get problem(): string | undefined {
    return this.#options.merging.problem;
  }

  /**
   * Plans of the layers of a service, or of one of them, in the order of the lock; what cannot be planned is left out
   * while another layer can.
   *
   * @throws NotFoundError without a lock or layer, InputError for a lock that is not valid, ServiceUnavailableError
   * where git is missing, and what reading and rendering throw.
   */
  async plan(options: PlanOptions): Promise<PlannedLayer[]> {
    const { planned, problems } = await this.plans(options);
    const [problem] = problems.values();
    if (planned.length === 0 && problem) {
      throw problem;
    }
    return planned;
  }

  /** As {@link PlanService.plan}, with the problems of single layers beside the plans of the others. */
  async plans(
    options: PlanOptions & { content?: RepositoryContent },
  ): Promise<EntityPlans> {
    const { entityRef, layerId, signal } = options;
    mergerOf(this.#options.merging);
    const content =
      options.content ?? (await this.#options.contents.read(entityRef, signal));
    const planned: PlannedLayer[] = [];
    const problems = new Map<string, Error>();
    for (const layer of layersOf(content, layerId)) {
      signal.throwIfAborted();
      try {
        const template = await this.#target(layer, options.target);
        planned.push(
          await this.planWith({ ...options, content, layer, template }),
        );
      } catch (error) {
        signal.throwIfAborted();
        problems.set(layer.id, error as Error);
      }
    }
    return { content, planned, problems };
  }

  /** Plans one layer from what is given; only its base is looked for, where the service has edited it. */
  async planWith(options: {
    content: RepositoryContent;
    layer: Layer;
    template: Template;
    /** What was stamped, where that is known. */
    base?: readonly SourceFile[];
    decisions?: UpdateDecisions;
    applied?: { at: string; via: string };
    signal: AbortSignal;
  }): Promise<PlannedLayer> {
    const { content, layer, template, decisions, signal } = options;
    const merger = mergerOf(this.#options.merging);
    const { target, notices } = this.#render(layer, template);
    refuseTooLarge(content, layer, target);
    const resolved = options.base
      ? { files: options.base, problem: undefined }
      : await this.#options.base.resolve({
          layer,
          ours: content.files,
          signal,
        });
    const {
      plan,
      changes,
      layer: updated,
    } = await planUpdate({
      layer,
      base: resolved.files,
      ours: content.files,
      target,
      waivers: content.serviceFile?.waivers ?? [],
      ownership: content.serviceFile?.ownership ?? {},
      decisions,
      applied: options.applied ?? {
        at: this.#now().toISOString(),
        via: PLANNED_BY,
      },
      merger,
    });
    const lock = content.lock ?? { schemaVersion: 1, layers: [layer] };
    return {
      entityRef: content.entityRef,
      layerId: layer.id,
      plan: withBaseProblem(
        { ...plan, notices: [...plan.notices, ...notices] },
        resolved.problem,
      ),
      changes,
      layer: updated,
      lock,
      lockText: formatLock(mergeLayer(lock, updated)),
      commit: content.commit,
      ...(template.changelog !== undefined && {
        changelog: template.changelog,
      }),
    };
  }

  #render(
    layer: Layer,
    template: Template,
  ): { target: UpdateTarget; notices: PlanNotice[] } {
    const { values, notices } = migrateValues({
      manifest: template.manifest,
      values: layer.render.values,
      from: layer.template.version,
    });
    const rendered = this.#options.renderer.render({ template, values });
    return {
      target: {
        manifest: template.manifest,
        source: templateSourceOf(template),
        inputDigest: template.digest,
        values,
        rendered: rendered.files,
      },
      notices,
    };
  }

  async #target(
    layer: Layer,
    target: PlanTarget | undefined,
  ): Promise<Template> {
    const { entityRef } = layer.template;
    if (target && 'parts' in target) {
      return target;
    }
    const reading = await this.#options.readTemplate(entityRef);
    if (
      reading.status === 'read' &&
      (!target || reading.template.digest === target.inputDigest)
    ) {
      return reading.template;
    }
    if (!target) {
      throw new NotFoundError(
        `The newest template could not be read: ${
          reading.status === 'unreadable' ? reading.reason : entityRef
        }`,
      );
    }
    const kept = await this.#options.versions.read(
      entityRef,
      target.inputDigest,
    );
    if (!kept) {
      throw new NotFoundError(
        `Version ${target.version} of ${entityRef} is not kept here; choose one that the template's page lists`,
      );
    }
    return kept;
  }
}

/** @throws as {@link PlanService.plan} */
function layersOf(
  content: RepositoryContent,
  layerId: string | undefined,
): Layer[] {
  const { lock, lockProblem, entityRef } = content;
  if (lockProblem !== undefined) {
    throw new InputError(lockProblem);
  }
  if (!lock) {
    throw new NotFoundError(
      `The repository of ${entityRef} has no ${LOCK_FILE}, so the template it came from is not known`,
    );
  }
  const layers = lock.layers.filter(
    ({ id }) => layerId === undefined || id === layerId,
  );
  if (layers.length === 0) {
    throw new NotFoundError(
      `The lock of ${entityRef} has no layer '${layerId}'; it has ${lock.layers
        .map(({ id }) => `'${id}'`)
        .join(', ')}`,
    );
  }
  return layers;
}

/** A file whose content was not read must not look as if the service had deleted it. */
function refuseTooLarge(
  content: RepositoryContent,
  layer: Layer,
  target: UpdateTarget,
): void {
  const read = new Set(content.files.map(({ path }) => path));
  const paths = [
    ...Object.keys(layer.rendered.files),
    ...target.rendered.map(({ path }) => path),
  ];
  const unread = paths.find(
    path => content.digests.has(path) && !read.has(path),
  );
  if (unread !== undefined) {
    throw new ConflictError(
      `The service's ${unread} is too large to be merged; raise goldenPath.repository.maxFileBytes, or make it 'excluded' in golden-path.yaml`,
    );
  }
}

/** The resolver knows better than the plan why a base is missing. */
function withBaseProblem(
  plan: UpdatePlan,
  problem: string | undefined,
): UpdatePlan {
  return problem === undefined || plan.base.missing.length === 0
    ? plan
    : {
        ...plan,
        notices: [
          ...plan.notices,
          { kind: 'no-base', message: describeError(new Error(problem)) },
        ],
      };
}
