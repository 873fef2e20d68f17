import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  CheckSummariesResponse,
  FleetQuery,
  ScorecardRow,
  ScorecardsResponse,
  SummaryGroup,
  SummaryResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { effectiveStage } from '@goldenpath/engine';
import { z } from 'zod';
import {
  FleetCursor,
  FleetFilter,
  FleetOrder,
  FleetRow,
  FleetStore,
} from '../database/FleetStore';
import { HierarchyStore } from '../database/HierarchyStore';
import { LoadedPath } from '../paths/loadPaths';
import { PathRegistry } from '../paths/PathRegistry';
import { parseVerdicts } from '../scoring/verdictCodes';
import { EntityAccess } from '../service/EntityAccess';
import { formatCursor, parseCursor } from '../service/pageCursor';
import { fleetRow } from './fleetRow';
import { Hierarchy } from './hierarchy';
import { groupOfRow, rollUp, summarise } from './rollUp';

const ROWS_PER_READ = 1000;
const NONE = 'none';
const cursorSchema = z.object({
  value: z.union([z.string(), z.number()]),
  entityRef: z.string(),
  path: z.string(),
});

type StoredRow = FleetRow & { order_value: string | number };
type Search = { filter: FleetFilter; order: FleetOrder; withJudged: boolean };

/** The fleet as callers may see it: rows, roll-ups and how each check stands. Evaluates nothing. @internal */
export class FleetReader {
  readonly #fleet: FleetStore;
  readonly #hierarchy: HierarchyStore;
  readonly #paths: PathRegistry;
  readonly #access: EntityAccess;

  constructor(options: {
    fleet: FleetStore;
    hierarchy: HierarchyStore;
    paths: PathRegistry;
    access: EntityAccess;
  }) {
    this.#fleet = options.fleet;
    this.#hierarchy = options.hierarchy;
    this.#paths = options.paths;
    this.#access = options.access;
  }

  /** A page of what the caller may see; `totalItems` counts no more than that either. */
  async list(
    query: FleetQuery,
    credentials: BackstageCredentials,
  ): Promise<ScorecardsResponse> {
    const search = await this.#search(query);
    const limit = query.limit ?? 50;
    const after = parseCursor(query.cursor, cursorSchema);
    const hierarchy = await this.#readHierarchy();
    if (await this.#access.seesAll(credentials)) {
      const rows = await this.#fleet.list({
        ...search,
        after,
        limit: limit + 1,
      });
      const totalItems = await this.#fleet.count(search.filter);
      return this.#page(rows, { limit, totalItems, query, hierarchy });
    }
    const rows: StoredRow[] = [];
    for await (const batch of this.#visible(search, credentials)) {
      rows.push(...batch);
    }
    const start = after ? indexAfter(rows, after) : 0;
    return this.#page(rows.slice(start, start + limit + 1), {
      limit,
      totalItems: rows.length,
      query,
      hierarchy,
    });
  }

  /** Every row that matches and the caller may see, in batches. */
  async *rows(
    query: FleetQuery,
    credentials: BackstageCredentials,
  ): AsyncGenerator<ScorecardRow[]> {
    const search = await this.#search(query);
    const hierarchy = await this.#readHierarchy();
    for await (const batch of this.#visible(search, credentials)) {
      yield Promise.all(batch.map(row => this.#row(row, { query, hierarchy })));
    }
  }

  async summary(
    query: { groupBy: SummaryGroup; path?: string },
    credentials: BackstageCredentials,
  ): Promise<SummaryResponse> {
    const { groupBy, path } = query;
    const hierarchy = await this.#readHierarchy();
    const groups = (await this.#access.seesAll(credentials))
      ? await this.#fleet.groups(path)
      : (await this.#allVisible({ path }, credentials)).map(groupOfRow);
    const direct = groups.reduce((sum, group) => sum + group.scorecards, 0);
    return {
      groupBy,
      items: rollUp(groupBy, groups, hierarchy),
      total: summarise(null, { groups, direct, parent: null }),
    };
  }

  /** How often each check of the path in force gave each verdict. */
  async checks(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<CheckSummariesResponse> {
    const { path, digest } = this.#path(name);
    const rows = (await this.#access.seesAll(credentials))
      ? await this.#fleet.verdicts(name, digest)
      : await this.#allVisible({ path: name }, credentials);
    const counts = path.spec.checks.map(() => ({
      pass: 0,
      fail: 0,
      unknown: 0,
      stale: 0,
      'not-applicable': 0,
      waived: 0,
      error: 0,
    }));
    for (const { verdicts } of rows) {
      parseVerdicts(verdicts).forEach((verdict, index) => {
        if (counts[index]) {
          counts[index][verdict] += 1;
        }
      });
    }
    const now = new Date();
    return {
      path: name,
      version: path.spec.version,
      items: path.spec.checks.map((check, index) => ({
        id: check.id,
        title: check.title,
        category: check.category,
        level: check.level,
        stage: effectiveStage(check.rollout, now),
        ...(check.rollout.enforceFrom && {
          enforceFrom: check.rollout.enforceFrom,
        }),
        verdicts: counts[index],
      })),
    };
  }

  async #allVisible(
    filter: FleetFilter,
    credentials: BackstageCredentials,
  ): Promise<FleetRow[]> {
    const order: FleetOrder = { by: 'entity', descending: false };
    const rows: FleetRow[] = [];
    const search = { filter, order, withJudged: false };
    for await (const batch of this.#visible(search, credentials)) {
      rows.push(...batch);
    }
    return rows;
  }

  async *#visible(
    search: Search,
    credentials: BackstageCredentials,
  ): AsyncGenerator<StoredRow[]> {
    const seesAll = await this.#access.seesAll(credentials);
    let after: FleetCursor | undefined;
    for (;;) {
      const rows = await this.#fleet.list({
        ...search,
        after,
        limit: ROWS_PER_READ,
      });
      const refs = [...new Set(rows.map(row => row.entity_ref))];
      const visible = seesAll
        ? new Set(refs)
        : await this.#access.visible(refs, credentials);
      yield rows.filter(row => visible.has(row.entity_ref));
      if (rows.length < ROWS_PER_READ) {
        return;
      }
      after = cursorOf(rows[rows.length - 1]);
    }
  }

  async #search(query: FleetQuery): Promise<Search> {
    const { owner, domain, check } = query;
    const hierarchy =
      owner !== undefined || domain !== undefined
        ? await this.#readHierarchy()
        : new Hierarchy([]);
    return {
      filter: {
        path: query.path,
        owners:
          owner === undefined || owner === NONE
            ? owner
            : [...hierarchy.withDescendants(owner)],
        systems: systemsOf(query, hierarchy),
        template: query.template,
        level: query.level,
        search: query.search,
        check: this.#checkFilter(query),
        unknown: query.unknown,
      },
      order: {
        by: query.orderBy ?? 'entity',
        descending: query.order === 'desc',
      },
      withJudged: check !== undefined,
    };
  }

  #checkFilter(query: FleetQuery): FleetFilter['check'] {
    const { path: name, check, verdict } = query;
    if (check === undefined) {
      if (verdict !== undefined) {
        throw new InputError("'verdict' needs a 'check'");
      }
      return undefined;
    }
    if (name === undefined) {
      throw new InputError("'check' needs the 'path' it belongs to");
    }
    const { path, digest } = this.#path(name);
    const index = path.spec.checks.findIndex(({ id }) => id === check);
    if (index < 0) {
      throw new InputError(`The path '${name}' has no check '${check}'`);
    }
    return { digest, index, verdict: verdict ?? 'fail' };
  }

  #path(name: string): LoadedPath {
    const found = this.#paths
      .current()
      .paths.find(({ path }) => path.metadata.name === name);
    if (!found) {
      throw new NotFoundError(`There is no golden path '${name}'`);
    }
    return found;
  }

  async #readHierarchy(): Promise<Hierarchy> {
    return new Hierarchy(await this.#hierarchy.read());
  }

  async #page(
    rows: StoredRow[],
    options: {
      limit: number;
      totalItems: number;
      query: FleetQuery;
      hierarchy: Hierarchy;
    },
  ): Promise<ScorecardsResponse> {
    const { limit, totalItems } = options;
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await Promise.all(shown.map(row => this.#row(row, options))),
      totalItems,
      ...(rows.length > limit &&
        last && { nextCursor: formatCursor(cursorOf(last)) }),
    };
  }

  async #row(
    row: FleetRow,
    options: { query: FleetQuery; hierarchy: Hierarchy },
  ): Promise<ScorecardRow> {
    const { query, hierarchy } = options;
    return fleetRow(row, {
      loaded: await this.#paths.definition(row.path, row.path_digest),
      check: query.check,
      domain: row.system && hierarchy.parent(row.system),
    });
  }
}

/** The systems a query asks for: one, those of a domain and the domains below it, or the one when it is among them. */
function systemsOf(
  { system, domain }: FleetQuery,
  hierarchy: Hierarchy,
): FleetFilter['systems'] {
  if (domain === undefined) {
    return system === undefined || system === NONE ? system : [system];
  }
  const below = [...hierarchy.withDescendants(domain)];
  return system === undefined ? below : below.filter(ref => ref === system);
}

function cursorOf(row: StoredRow): FleetCursor {
  return { value: row.order_value, entityRef: row.entity_ref, path: row.path };
}

/** Rows come in the database's order, which need not be that of JavaScript, so the place is looked for by its row. */
function indexAfter(rows: StoredRow[], after: FleetCursor): number {
  const index = rows.findIndex(
    row => row.entity_ref === after.entityRef && row.path === after.path,
  );
  return index + 1;
}
