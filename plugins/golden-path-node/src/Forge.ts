import type { Entity } from '@backstage/catalog-model';
import type { FactCollectorResult } from './FactCollector';

/** What a forge is given about the repository it is asked for. @public */
export interface ForgeRequest {
  entity: Entity;
  /** Where the entity's files are, without the `url:` in front. */
  url: string;
  /** The etag that came with the fact now stored, when there is one. */
  previousEtag?: string;
  /** Aborted when the backend shuts down or the evaluation takes too long. */
  signal: AbortSignal;
}

/**
 * A system that hosts repositories, asked for what it knows of one beyond its files: the `forge` fact.
 *
 * @remarks
 * The `data` of a collected result must hold to `forgeDataSchema` of the engine, and names under `gaps` what it leaves
 * out. A forge that cannot be reached throws, so that the last good fact stays; it never answers with less than it
 * knows. See {@link FactCollector} for what else is expected.
 * @public
 */
export interface Forge {
  /** A short name, such as `github`. */
  readonly id: string;
  /** Whether the repository at this URL is hosted by it. */
  knows(url: string): boolean;
  collect(request: ForgeRequest): Promise<FactCollectorResult>;
}
