import type { Entity } from '@backstage/catalog-model';
import type { Fact, FactSchema } from '@goldenpath/engine';
import type { HumanDuration } from '@backstage/types';

/** What a collector is given about the entity it is asked for. @public */
export interface FactCollectorRequest {
  entity: Entity;
  /** The etag that came with the fact now stored, when there is one. */
  previousEtag?: string;
  /** Aborted when the backend shuts down or the evaluation takes too long. */
  signal: AbortSignal;
}

/**
 * What a collector found out.
 *
 * `collected`: a new fact. `unchanged`: the stored fact still holds, and is believed for another `ttl`; only valid as
 * an answer to a `previousEtag`. `absent`: there is no fact for this entity, for a reason worth showing; the stored one
 * is removed, and the checks that read it say `unknown`.
 * @public
 */
export type FactCollectorResult =
  | {
      status: 'collected';
      data: Fact['data'];
      etag?: string;
      /** Why parts of `data` are absent, by their dotted path in it. */
      gaps?: Fact['gaps'];
      /**
       * What was learned as CDEvents bodies, kept in the log of delivery events of the entity; an event that is known by
       * source and id is kept once.
       */
      events?: unknown[];
    }
  | { status: 'unchanged' }
  | { status: 'absent'; reason: string };

/**
 * Learns one kind of fact about one entity at a time.
 *
 * @remarks
 * A collector that throws spoils nothing else: its error is shown beside the source, the last good fact stays until it
 * expires, and the collector is asked again later. A `NotFoundError` means that what the fact was about is gone, and
 * removes the fact like `absent` does. Collectors are called for several entities at once, and may be called again for
 * an entity at any time, so they must not have side effects that matter.
 * @public
 */
export interface FactCollector {
  /** Name of the fact source: what a check lists under `facts`, and the CEL variable its expressions read. */
  readonly id: string;
  /** How long a fact may be believed. It is asked for again after half of this. */
  readonly ttl: HumanDuration;
  /**
   * JSON Schema of the fact's data, such as `z.toJSONSchema(schema)`: expressions of paths are then checked against it
   * when a path is loaded, and a field that is not in it is refused.
   */
  readonly schema?: FactSchema;
  collect(request: FactCollectorRequest): Promise<FactCollectorResult>;
}
