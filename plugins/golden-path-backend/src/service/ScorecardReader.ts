import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  DriftResponse,
  HistoryResponse,
  ScorecardResponse,
  ScorecardRow,
  ScorecardsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { z } from 'zod';
import { FactStore } from '../database/FactStore';
import { ScorecardStore } from '../database/ScorecardStore';
import { PathRegistry } from '../paths/PathRegistry';
import { WorkQueue } from '../work/WorkQueue';
import { EntityAccess } from './EntityAccess';
import { formatCursor, parseCursor } from './pageCursor';

const HISTORY_LENGTH = 100;
const ROWS_PER_READ = 500;
const cursorSchema = z.object({ entityRef: z.string(), path: z.string() });
const NOT_COVERED = 'No golden path covers this entity';

/** Answers from what evaluations stored. Evaluates nothing itself; what is missing is queued. @internal */
export class ScorecardReader {
  readonly #paths: PathRegistry;
  readonly #scorecards: ScorecardStore;
  readonly #facts: FactStore;
  readonly #queue: WorkQueue;
  readonly #access: EntityAccess;

  constructor(options: {
    paths: PathRegistry;
    scorecards: ScorecardStore;
    facts: FactStore;
    queue: WorkQueue;
    access: EntityAccess;
  }) {
    this.#paths = options.paths;
    this.#scorecards = options.scorecards;
    this.#facts = options.facts;
    this.#queue = options.queue;
    this.#access = options.access;
  }

  async scorecard(entity: Entity): Promise<ScorecardResponse> {
    const entityRef = stringifyEntityRef(entity);
    const reply = { entityRef, refreshing: false, scorecards: [], sources: [] };
    if (this.#paths.covering(entity).length === 0) {
      return { ...reply, status: 'not-applicable', reason: NOT_COVERED };
    }
    const scorecards = await this.#scorecards.scorecards(entityRef);
    const { queued, lastError } = await this.#queue.status(entityRef);
    if (scorecards.length === 0) {
      await (queued
        ? this.#queue.hasten(entityRef)
        : this.#queue.enqueue(entityRef, 'requested'));
      return {
        ...reply,
        status: 'pending',
        reason: lastError,
        refreshing: true,
      };
    }
    return {
      entityRef,
      status: 'ok',
      reason: lastError,
      refreshing: queued,
      scorecards,
      sources: await this.#sources(entityRef),
    };
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

  /** A page of what the caller may see; `totalItems` counts no more than that either. */
  async list(
    query: { path?: string; limit: number; cursor?: string },
    credentials: BackstageCredentials,
  ): Promise<ScorecardsResponse> {
    const { path, limit } = query;
    const after = parseCursor(query.cursor, cursorSchema);
    if (await this.#access.seesAll(credentials)) {
      const rows = await this.#scorecards.list({
        path,
        after,
        limit: limit + 1,
      });
      const counts = await this.#scorecards.countByPath();
      const totalItems = [...counts].reduce(
        (sum, [name, count]) =>
          path === undefined || path === name ? sum + count : sum,
        0,
      );
      return page(rows, limit, totalItems);
    }
    const rows = await this.#visibleRows(path, credentials);
    const start = after ? indexAfter(rows, after) : 0;
    return page(rows.slice(start, start + limit + 1), limit, rows.length);
  }

  async #visibleRows(
    path: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<ScorecardRow[]> {
    const found: ScorecardRow[] = [];
    let after: z.infer<typeof cursorSchema> | undefined;
    for (;;) {
      const rows = await this.#scorecards.list({
        path,
        after,
        limit: ROWS_PER_READ,
      });
      const refs = [...new Set(rows.map(row => row.entityRef))];
      const visible = await this.#access.visible(refs, credentials);
      found.push(...rows.filter(row => visible.has(row.entityRef)));
      if (rows.length < ROWS_PER_READ) {
        return found;
      }
      after = rows[rows.length - 1];
    }
  }

  async #sources(entityRef: string): Promise<ScorecardResponse['sources']> {
    const stored = await this.#facts.read(entityRef);
    return [...stored.values()]
      .sort((a, b) => (a.source < b.source ? -1 : 1))
      .map(({ source, fact, problem }) => ({
        source,
        observedAt: fact?.observedAt,
        expiresAt: fact?.expiresAt,
        problem,
      }));
  }
}

/** Rows come in the database's order, which need not be that of JavaScript, so the place is looked for by its row. */
function indexAfter(
  rows: ScorecardRow[],
  after: z.infer<typeof cursorSchema>,
): number {
  const index = rows.findIndex(
    row => row.entityRef === after.entityRef && row.path === after.path,
  );
  if (index >= 0) {
    return index + 1;
  }
  const next = rows.findIndex(row => row.entityRef > after.entityRef);
  return next >= 0 ? next : rows.length;
}

function page(
  rows: ScorecardRow[],
  limit: number,
  totalItems: number,
): ScorecardsResponse {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    totalItems,
    ...(rows.length > limit &&
      last && {
        nextCursor: formatCursor({
          entityRef: last.entityRef,
          path: last.path,
        }),
      }),
  };
}
