import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { RecoveredProvenance } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  closestVersion,
  digestsByPath,
  Layer,
  missingValues,
  recoveredLayer,
  renderTemplate,
  RenderValues,
  SourceFile,
} from '@goldenpath/engine';
import { Template, templateSourceOf } from '../drift/templateFiles';
import { RegisteredVersion } from '../versions/TemplateVersions';
import { describeError } from '../service/describeError';
import { guessValues } from './guessValues';
import { CreationTask, ScaffolderTasks } from './ScaffolderTasks';

const MOST_CANDIDATES = 200;

/** What was found out about where a service comes from. @internal */
export interface Recovery {
  recovered: RecoveredProvenance;
  /** For the lock; absent where values are not known, so that it would be untrue. */
  layer?: Layer;
}

/** @internal */
export interface ProvenanceRecoveryOptions {
  logger: LoggerService;
  tasks: Pick<ScaffolderTasks, 'find'>;
  templateRefs(): Promise<string[]>;
  versions(templateRef: string): Promise<RegisteredVersion[]>;
  template(
    templateRef: string,
    inputDigest: string,
  ): Promise<Template | undefined>;
}

interface Candidate {
  template: string;
  version: string;
  files: Map<string, string>;
  rendered: SourceFile[];
  source: Template;
  values: RenderValues;
  unknown: string[];
}

/**
 * Finds out which template and version a service without a lock was made from: from the scaffolder's task while it
 * exists, else by the version whose rendering the service still has most files of.
 * @internal
 */
export class ProvenanceRecovery {
  readonly #options: ProvenanceRecoveryOptions;

  constructor(options: ProvenanceRecoveryOptions) {
    this.#options = options;
  }

  async recover(options: {
    entity: Entity;
    url: string | undefined;
    /** `sha256:` digests of the service's files, by path. */
    ours: Map<string, string>;
    /** When it is written into a lock. */
    at: string;
    signal: AbortSignal;
  }): Promise<Recovery | undefined> {
    const { entity, url, ours, at, signal } = options;
    const task = await this.#task({ entity, url, signal });
    const candidates = task
      ? await this.#candidates(task.templateRef, () => task.values, signal)
      : await this.#allCandidates(entity, signal);
    const closest = closestVersion({
      ours,
      candidates,
      templateKnown: task !== undefined,
    });
    if (!closest) {
      return undefined;
    }
    const { candidate, equalFiles, files } = closest;
    const { unknown } = candidate;
    const recovered: RecoveredProvenance = {
      template: candidate.template,
      version: candidate.version,
      via: task ? 'scaffolder-task' : 'closest-version',
      ...(task && { taskId: task.taskId }),
      equalFiles,
      files,
      ...(unknown.length > 0
        ? {
            reason: `Not known any more: ${unknown.join(
              ', ',
            )}. A lock would have to say what they were`,
          }
        : !task && {
            reason:
              'Guessed from the files alone; no task that made the service is left',
          }),
    };
    if (unknown.length > 0) {
      return { recovered };
    }
    const layer = recoveredLayer({
      id: 'service',
      entityRef: candidate.template,
      rendered: candidate.rendered,
      manifest: candidate.source.manifest,
      source: templateSourceOf(candidate.source),
      inputDigest: candidate.source.digest,
      values: candidate.values,
      ours,
      applied: {
        at,
        via: task
          ? `recovered:scaffolder-task:${task.taskId}`
          : 'recovered:closest-version',
      },
    });
    return { recovered, layer };
  }

  /** Without an answer of the scaffolder the files alone must do. */
  async #task(
    wanted: Parameters<ScaffolderTasks['find']>[0],
  ): Promise<CreationTask | undefined> {
    try {
      return await this.#options.tasks.find(wanted);
    } catch (error) {
      wanted.signal.throwIfAborted();
      this.#options.logger.debug(
        `The scaffolder's tasks could not be read: ${describeError(error)}`,
      );
      return undefined;
    }
  }

  async #allCandidates(
    entity: Entity,
    signal: AbortSignal,
  ): Promise<Candidate[]> {
    const all: Candidate[] = [];
    for (const ref of await this.#options.templateRefs()) {
      const candidates = await this.#candidates(
        ref,
        ({ manifest, parts }) => guessValues({ entity, manifest, parts }),
        signal,
      );
      all.push(...candidates);
      if (all.length > MOST_CANDIDATES) {
        break;
      }
    }
    return all;
  }

  async #candidates(
    templateRef: string,
    valuesFor: (template: Template) => RenderValues,
    signal: AbortSignal,
  ): Promise<Candidate[]> {
    const candidates: Candidate[] = [];
    for (const { inputDigest } of await this.#options.versions(templateRef)) {
      signal.throwIfAborted();
      const template = await this.#options.template(templateRef, inputDigest);
      const candidate =
        template && candidateOf(templateRef, template, valuesFor);
      if (candidate) {
        candidates.push(candidate);
      }
    }
    return candidates;
  }
}

/** `undefined` for a version that does not render with these values. */
function candidateOf(
  templateRef: string,
  template: Template,
  valuesFor: (template: Template) => RenderValues,
): Candidate | undefined {
  const { manifest, parts } = template;
  const values = valuesFor(template);
  try {
    const unknown = missingValues({ manifest, parts, values });
    const rendered = renderTemplate({
      manifest,
      parts,
      values: {
        ...Object.fromEntries(unknown.map(name => [name, name])),
        ...values,
      },
    });
    return {
      template: templateRef,
      version: manifest.version,
      files: digestsByPath(rendered),
      rendered,
      source: template,
      values,
      unknown,
    };
  } catch {
    return undefined;
  }
}
