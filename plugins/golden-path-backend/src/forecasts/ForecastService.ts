import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  Forecast,
  ForecastItem,
  ForecastsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { DriftLayerStore } from '../database/DriftLayerStore';
import {
  ForecastItemRow,
  ForecastRow,
  ForecastStore,
} from '../database/ForecastStore';
import { callerRef } from '../service/callerRef';
import { EntityAccess } from '../service/EntityAccess';
import { ForecastResult } from './ForecastRunner';

const MOST_LISTED = 20;
const MOST_WORST_FILES = 10;

/** Dry runs as people ask for them and see them. @internal */
export class ForecastService {
  readonly #store: ForecastStore;
  readonly #layers: DriftLayerStore;
  readonly #access: EntityAccess;
  readonly #auth: AuthService;
  readonly #start: () => void;

  constructor(options: {
    store: ForecastStore;
    layers: DriftLayerStore;
    access: EntityAccess;
    auth: AuthService;
    /** Tells the runner of this process that there is something to do. */
    start: () => void;
  }) {
    this.#store = options.store;
    this.#layers = options.layers;
    this.#access = options.access;
    this.#auth = options.auth;
    this.#start = options.start;
  }

  /** Starts a dry run over every service of the template that the caller may see. */
  async create(options: {
    templateRef: string;
    url: string | undefined;
    credentials: BackstageCredentials;
  }): Promise<Forecast> {
    const { templateRef, url, credentials } = options;
    const layers = await this.#access.onlyVisible(
      await this.#layers.ofTemplate(templateRef),
      credentials,
    );
    const id = await this.#store.create({
      templateRef,
      url: url ?? null,
      startedBy: callerRef(credentials, this.#auth),
      items: layers.map(row => ({
        entity_ref: row.entity_ref,
        layer_id: row.layer_id,
        owner: row.owner,
        from_version: row.version,
      })),
    });
    this.#start();
    return this.get(id, credentials);
  }

  /** @throws NotFoundError when there is none, or the caller may not see its template. */
  async get(id: string, credentials: BackstageCredentials): Promise<Forecast> {
    const found = await this.#store.read(id);
    if (!found) {
      throw new NotFoundError(`There is no forecast ${id}`);
    }
    await this.#access.entity(found.row.template_ref, credentials);
    const items = await this.#access.onlyVisible(found.items, credentials);
    return { ...summaryOf(found.row, items), items: items.flatMap(itemOf) };
  }

  async list(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<ForecastsResponse> {
    const rows = await this.#store.ofTemplate(templateRef, MOST_LISTED);
    const items = await this.#access.onlyVisible(
      await this.#store.itemsOf(rows.map(({ id }) => id)),
      credentials,
    );
    return {
      items: rows.map(row =>
        summaryOf(
          row,
          items.filter(item => item.forecast_id === row.id),
        ),
      ),
    };
  }
}

function summaryOf(
  row: ForecastRow,
  items: ForecastItemRow[],
): Omit<Forecast, 'items'> {
  const count = (outcome: ForecastItem['outcome']) =>
    items.filter(item => item.outcome === outcome).length;
  return {
    id: row.id,
    template: row.template_ref,
    url: row.url,
    version: row.version,
    status: row.status,
    ...(row.problem !== null && { problem: row.problem }),
    done: items.filter(item => item.outcome !== null).length,
    total: items.length,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    startedBy: row.started_by,
    counts: {
      clean: count('clean'),
      conflict: count('conflict'),
      unchanged: count('unchanged'),
      unknown: count('unknown'),
    },
    worst: worstFiles(items),
  };
}

function worstFiles(items: ForecastItemRow[]): Forecast['worst'] {
  const services = new Map<string, number>();
  for (const item of items) {
    const paths = resultOf(item).conflicts.map(({ path }) => path);
    for (const path of new Set(paths)) {
      services.set(path, (services.get(path) ?? 0) + 1);
    }
  }
  return [...services]
    .map(([path, count]) => ({ path, services: count }))
    .sort((a, b) => b.services - a.services || (a.path < b.path ? -1 : 1))
    .slice(0, MOST_WORST_FILES);
}

function itemOf(row: ForecastItemRow): ForecastItem[] {
  const { entity_ref, owner, layer_id, from_version, outcome } = row;
  return outcome === null
    ? []
    : [
        {
          entityRef: entity_ref,
          owner,
          layer: layer_id,
          from: from_version,
          outcome,
          ...resultOf(row),
        },
      ];
}

function resultOf(row: ForecastItemRow): ForecastResult {
  return row.result === null
    ? { files: 0, conflicts: [], restores: 0 }
    : JSON.parse(row.result);
}
