import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  DriftResponse,
  HistoryResponse,
  ScorecardResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Scorecard } from '@goldenpath/engine';
import {
  EntityReading,
  ScorecardStore,
  StoredSource,
} from '../database/ScorecardStore';
import { PathRegistry } from '../paths/PathRegistry';
import { scorecardOf } from '../scoring/judgeEntity';
import { WorkQueue } from '../work/WorkQueue';
import { EntityAccess } from './EntityAccess';

const HISTORY_LENGTH = 100;
const NOT_COVERED = 'No golden path covers this entity';

/** Answers from what evaluations stored. Evaluates nothing itself; what is missing is queued. @internal */
export class ScorecardReader {
  readonly #paths: PathRegistry;
  readonly #scorecards: ScorecardStore;
  readonly #queue: WorkQueue;
  readonly #access: EntityAccess;

  constructor(options: {
    paths: PathRegistry;
    scorecards: ScorecardStore;
    queue: WorkQueue;
    access: EntityAccess;
  }) {
    this.#paths = options.paths;
    this.#scorecards = options.scorecards;
    this.#queue = options.queue;
    this.#access = options.access;
  }

  /** Throws a `NotFoundError` when the caller may not see the entity, or there is none. */
  async scorecard(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ScorecardResponse> {
    const reading = await this.#scorecards.read(entityRef);
    // A caller who sees every entity needs no word of the catalog about one that is known
    const isKnown = reading.results.length > 0;
    const entity =
      isKnown && (await this.#access.seesAll(credentials))
        ? undefined
        : await this.#access.entity(entityRef, credentials);
    return isKnown
      ? this.#known(entityRef, reading)
      : this.#unknown(entity!, reading);
  }

  /** The scorecards as last judged. */
  async scorecards(entityRef: string): Promise<Scorecard[]> {
    return this.#scorecardsOf(await this.#scorecards.read(entityRef));
  }

  async history(entity: Entity): Promise<HistoryResponse> {
    const entityRef = stringifyEntityRef(entity);
    return {
      entityRef,
      items: await this.#scorecards.history(entityRef, HISTORY_LENGTH),
    };
  }

  async drift(entity: Entity): Promise<DriftResponse> {
    const entityRef = stringifyEntityRef(entity);
    const report = await this.#scorecards.drift(entityRef);
    if (report) {
      return { entityRef, status: 'ok', report };
    }
    return this.#paths.covering(entity).length > 0
      ? { entityRef, status: 'pending' }
      : {
          entityRef,
          status: 'ok',
          report: {
            entityRef,
            status: 'unknown',
            reason: NOT_COVERED,
            observedAt: new Date().toISOString(),
            commit: null,
            layers: [],
          },
        };
  }

  async #known(
    entityRef: string,
    reading: EntityReading,
  ): Promise<ScorecardResponse> {
    return {
      entityRef,
      status: 'ok',
      reason: reading.work?.last_error ?? undefined,
      refreshing: reading.work !== undefined,
      scorecards: await this.#scorecardsOf(reading),
      sources: reading.sources.map(freshness).sort(bySource),
    };
  }

  async #unknown(
    entity: Entity,
    reading: EntityReading,
  ): Promise<ScorecardResponse> {
    const entityRef = stringifyEntityRef(entity);
    const reply = { entityRef, refreshing: false, scorecards: [], sources: [] };
    if (this.#paths.covering(entity).length === 0) {
      return { ...reply, status: 'not-applicable', reason: NOT_COVERED };
    }
    await (reading.work
      ? this.#queue.hasten(entityRef)
      : this.#queue.enqueue(entityRef, 'requested'));
    return {
      ...reply,
      status: 'pending',
      reason: reading.work?.last_error ?? undefined,
      refreshing: true,
    };
  }

  async #scorecardsOf(reading: EntityReading): Promise<Scorecard[]> {
    const scorecards: Scorecard[] = [];
    for (const row of reading.results) {
      const loaded = await this.#paths.definition(row.path, row.path_digest);
      if (loaded) {
        scorecards.push(scorecardOf(row, loaded));
      }
    }
    return scorecards;
  }
}

function freshness(row: StoredSource): ScorecardResponse['sources'][number] {
  return {
    source: row.source,
    observedAt: row.observed_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    problem: row.problem ?? undefined,
    ...(row.gaps !== null && { gaps: JSON.parse(row.gaps) }),
    ...(row.suspended_until !== null && {
      suspended: true,
      retryAt: row.suspended_until,
    }),
  };
}

function bySource(a: { source: string }, b: { source: string }): number {
  return a.source < b.source ? -1 : 1;
}
