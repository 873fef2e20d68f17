import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  RELATION_CHILD_OF,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SOURCE_TEMPLATE_ANNOTATION } from '@goldenpath/backstage-plugin-golden-path-common';
import { DateTime } from 'luxon';
import { EntityStore } from '../database/EntityStore';
import { FactDayStore } from '../database/FactDayStore';
import { FactStore } from '../database/FactStore';
import { HierarchyEdge, HierarchyStore } from '../database/HierarchyStore';
import { TemplateWatch } from '../drift/TemplateWatch';
import { HINT_ANNOTATIONS } from '../events/entityHints';
import { EventAttacher } from '../events/EventAttacher';
import { PathRegistry } from '../paths/PathRegistry';
import { WorkQueue } from '../work/WorkQueue';
import { coverageDigest } from './coverageDigest';
import { seenEntity } from './seenEntity';

const EXPIRING_PER_SCAN = 2000;

/**
 * Finds out what has to be evaluated by comparing the catalog with what was seen before.
 *
 * The catalog announces no changes, and events may be lost, so a scan is what correctness rests on; pushes and finished
 * scaffolder tasks only make it quicker. Each scan streams references and etags of the kinds that paths cover, and
 * queues what is new, what changed, what is gone, what has facts about to expire, and what was compared with another
 * state of its template; events that came before their entity are attached to it. A scan that fails half-way has
 * queued what it saw and forgets nothing: only a complete one may conclude that an entity is gone.
 * @internal
 */
export class Reconciler {
  readonly #options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    paths: PathRegistry;
    entities: EntityStore;
    facts: FactStore;
    factDays: FactDayStore;
    hierarchy: HierarchyStore;
    /** Days for which contents of facts are kept. */
    historyDays: number;
    queue: WorkQueue;
    attacher: EventAttacher;
    templates: TemplateWatch;
    now: () => Date;
  };

  #forgottenBefore: string | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    paths: PathRegistry;
    entities: EntityStore;
    facts: FactStore;
    factDays: FactDayStore;
    hierarchy: HierarchyStore;
    /** Days for which contents of facts are kept. */
    historyDays: number;
    queue: WorkQueue;
    attacher: EventAttacher;
    templates: TemplateWatch;
    now?: () => Date;
  }) {
    this.#options = { now: () => new Date(), ...options };
  }

  async reconcile(signal?: AbortSignal): Promise<void> {
    const { entities, facts, queue, paths, logger, now } = this.#options;
    await paths.reload();
    const startedAt = now();
    const counts = await this.#scan(signal);
    const gone = await entities.forgetUnseen({
      before: startedAt,
      onForgotten: (refs, transaction) =>
        queue.enqueue(refs, 'entity-changed', { transaction }),
    });
    const expiring = await facts.due({
      now: now(),
      limit: EXPIRING_PER_SCAN,
    });
    await queue.enqueue(expiring, 'fact-expiring');
    await this.#forgetFacts();
    const attached = await this.#options.attacher.attach(signal);
    queue.notify();
    logger.debug(
      `Queued ${counts.changed} changed, ${counts.otherPaths} with other paths, ${gone} gone and ${expiring.length} expiring entities, and attached ${attached} events`,
    );
    await this.#readHierarchy(signal);
    // Last, since a forge may be slow to answer
    await this.#options.templates.queueOutdated(signal);
  }

  /** Once a day: contents that are too old to replay a path on. */
  async #forgetFacts(): Promise<void> {
    const { factDays, historyDays, now } = this.#options;
    const before = DateTime.fromJSDate(now(), { zone: 'utc' })
      .minus({ days: historyDays })
      .toISODate()!;
    if (before !== this.#forgottenBefore) {
      await factDays.forgetBefore(before);
      this.#forgottenBefore = before;
    }
  }

  async #scan(signal: AbortSignal | undefined) {
    const { catalog, auth, paths, entities, queue, now } = this.#options;
    const { kinds } = paths.current();
    const digest = coverageDigest(paths.current().paths);
    const counts = { changed: 0, otherPaths: 0 };
    if (kinds?.size === 0) {
      return counts;
    }
    const pages = catalog.streamEntities(
      {
        ...(kinds && { filter: { kind: [...kinds] } }),
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.etag',
          'metadata.title',
          'spec.owner',
          'spec.system',
          'relations',
          `metadata.annotations.${SOURCE_TEMPLATE_ANNOTATION}`,
          `metadata.annotations.${ANNOTATION_SOURCE_LOCATION}`,
          `metadata.annotations.${ANNOTATION_LOCATION}`,
          ...HINT_ANNOTATIONS.map(name => `metadata.annotations.${name}`),
        ],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      signal?.throwIfAborted();
      await entities.see({
        entities: page.map(seenEntity),
        pathsDigest: digest,
        seenAt: now(),
        async onChanges({ changed, otherPaths }, transaction) {
          counts.changed += changed.length;
          counts.otherPaths += otherPaths.length;
          await queue.enqueueEach(
            new Map([
              ...changed.map(ref => [ref, 'entity-changed'] as const),
              ...otherPaths.map(ref => [ref, 'paths-changed'] as const),
            ]),
            { transaction },
          );
        },
      });
    }
    return counts;
  }

  /** Groups, systems and domains by what stands above them, for roll-ups. */
  async #readHierarchy(signal: AbortSignal | undefined): Promise<void> {
    const { catalog, auth, hierarchy } = this.#options;
    const edges: HierarchyEdge[] = [];
    const pages = catalog.streamEntities(
      {
        filter: { kind: ['Group', 'System', 'Domain'] },
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      signal?.throwIfAborted();
      for (const entity of page) {
        for (const { type, targetRef } of entity.relations ?? []) {
          if (type === RELATION_CHILD_OF || type === RELATION_PART_OF) {
            edges.push({
              entityRef: stringifyEntityRef(entity),
              parentRef: targetRef,
            });
          }
        }
      }
    }
    await hierarchy.replace(edges);
  }
}
