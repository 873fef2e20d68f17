import { LoggerService } from '@backstage/backend-plugin-api';
import { DriftTemplateStore } from '../database/DriftTemplateStore';
import { describeError } from '../service/describeError';
import { CatalogTemplates } from '../versions/CatalogTemplates';
import { TemplateVersions } from '../versions/TemplateVersions';
import { WorkQueue } from '../work/WorkQueue';
import { Template } from './templateFiles';
import { TemplateReader } from './TemplateReader';

const READ_AT_ONCE = 8;

/** @internal */
export interface TemplateWatchOptions {
  templates: TemplateReader;
  compared: DriftTemplateStore;
  catalogTemplates: Pick<CatalogTemplates, 'due'>;
  versions: Pick<TemplateVersions, 'register' | 'templatesAt'>;
  queue: WorkQueue;
  logger: LoggerService;
}

/**
 * Notices that a template is another than the one a service was last compared with, and keeps its versions, also of
 * templates that no service was made from yet.
 *
 * @remarks
 * What an evaluation compared with is kept for each entity, and not only what this process read last: another replica
 * may evaluate with a reading that is a minute old, and is then asked again by the next scan.
 * @internal
 */
export class TemplateWatch {
  readonly #options: TemplateWatchOptions;

  constructor(options: TemplateWatchOptions) {
    this.#options = options;
  }

  /**
   * Reads every template that a lock names, and now and then all others, and queues the entities compared with another
   * state; returns how many.
   */
  async queueOutdated(signal?: AbortSignal): Promise<number> {
    const { compared, catalogTemplates } = this.#options;
    const refs = [
      ...new Set([
        ...(await compared.templates()),
        ...(await catalogTemplates.due(signal)),
      ]),
    ];
    let queued = 0;
    for (let at = 0; at < refs.length; at += READ_AT_ONCE) {
      signal?.throwIfAborted();
      const counts = await Promise.all(
        refs.slice(at, at + READ_AT_ONCE).map(ref => this.#queueOne(ref)),
      );
      queued += counts.reduce((sum, count) => sum + count, 0);
    }
    return queued;
  }

  /** As {@link TemplateWatch.queueOutdated}, at once and only for templates whose folder lies under an address. */
  async pushed(url: string): Promise<number> {
    const refs = await this.#options.versions.templatesAt(url);
    const counts = await Promise.all(refs.map(ref => this.#queueOne(ref)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async #queueOne(templateRef: string): Promise<number> {
    const { templates, compared, queue, logger } = this.#options;
    const reading = await templates.refresh(templateRef);
    // One that cannot be read now says nothing; drift says so when it is computed again
    if (reading.status !== 'read') {
      logger.debug(`${templateRef}: ${reading.reason}`);
      return 0;
    }
    await this.#keep(templateRef, reading.template);
    const entityRefs = await compared.comparedWithOther({
      templateRef,
      digest: reading.template.digest,
    });
    await queue.enqueue(entityRefs, 'template-changed');
    return entityRefs.length;
  }

  /** Most are kept already when they are read; here once more, should the database have been away. */
  async #keep(templateRef: string, template: Template): Promise<void> {
    try {
      await this.#options.versions.register(templateRef, template);
    } catch (error) {
      this.#options.logger.warn(
        `A version of ${templateRef} was not kept: ${describeError(error)}`,
      );
    }
  }
}
