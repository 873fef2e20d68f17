import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { pathComparisonSchema } from '@goldenpath/engine';
import {
  driftResponseSchema,
  eventsResponseSchema,
  healthResponseSchema,
  historyResponseSchema,
  pathResponseSchema,
  pathsResponseSchema,
  refreshResponseSchema,
  scorecardResponseSchema,
} from './contract';
import {
  checkSummariesResponseSchema,
  scorecardsResponseSchema,
  sourcesResponseSchema,
  summaryResponseSchema,
  type FleetQuery,
  type PathPreviewRequest,
  type SummaryGroup,
} from './fleet';
import {
  adoptionResponseSchema,
  desirePathSchema,
  desirePathsResponseSchema,
  forecastSchema,
  forecastsResponseSchema,
  rolloutSchema,
  rolloutsResponseSchema,
  type CreateForecast,
  type CreateRollout,
  type RolloutAction,
} from './rollouts';
import {
  templateFilesResponseSchema,
  templateResponseSchema,
} from './templates';
import {
  planResponseSchema,
  updateRequestSchema,
  updatesResponseSchema,
  type CreateUpdate,
} from './updates';
import {
  waiverRecordSchema,
  waiversResponseSchema,
  type WaiverAction,
  type WaiverRequest,
  type WaiverStatus,
} from './waivers';

/** What the client needs of the platform: a fetch that adds credentials, and where the plugin answers. @public */
export interface GoldenPathClientOptions {
  fetchApi: { fetch: typeof fetch };
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
}

type Query = Record<string, string | number | boolean | undefined>;

interface ClientRequest {
  query?: Query;
  method?: 'GET' | 'POST';
  body?: unknown;
}

/**
 * Typed client of `/api/golden-path/v1`. Every method throws a `ResponseError` when the backend refuses, and a
 * `ZodError` when it answers something that is not the contract.
 * @public
 */
export class GoldenPathClient {
  readonly #options: GoldenPathClientOptions;

  constructor(options: GoldenPathClientOptions) {
    this.#options = options;
  }

  async getScorecard(entityRef: string) {
    return this.#entity(entityRef, 'scorecard', scorecardResponseSchema);
  }

  async getHistory(entityRef: string) {
    return this.#entity(entityRef, 'history', historyResponseSchema);
  }

  async getDrift(entityRef: string) {
    return this.#entity(entityRef, 'drift', driftResponseSchema);
  }

  /** What an update to the newest version of the templates would do; worked out while the caller waits. */
  async getPlan(entityRef: string, query: { layer?: string } = {}) {
    return this.#entity(entityRef, 'plan', planResponseSchema, query);
  }

  async getUpdates(entityRef: string) {
    return this.#entity(entityRef, 'updates', updatesResponseSchema);
  }

  /** Proposes the update of one layer; asking again for the same gives the request that is there. */
  async createUpdate(entityRef: string, body: CreateUpdate) {
    return this.#entity(
      entityRef,
      'updates',
      updateRequestSchema,
      {},
      'POST',
      body,
    );
  }

  /** `environment` defaults to production, the window to the last 28 days. */
  async getHealth(
    entityRef: string,
    query: { environment?: string; from?: string; to?: string } = {},
  ) {
    return this.#entity(entityRef, 'health', healthResponseSchema, query);
  }

  /** With `ids`, exactly those events that are known; otherwise a page of the newest. */
  async getEvents(
    entityRef: string,
    query: { ids?: string[]; limit?: number; cursor?: string } = {},
  ) {
    const { ids, ...rest } = query;
    return this.#entity(entityRef, 'events', eventsResponseSchema, {
      ...rest,
      ids: ids?.join(','),
    });
  }

  async refresh(entityRef: string) {
    return this.#entity(
      entityRef,
      'refresh',
      refreshResponseSchema,
      {},
      'POST',
    );
  }

  async getPaths() {
    return this.#request('/v1/paths', pathsResponseSchema);
  }

  /** By default the version in force. */
  async getPath(name: string, query: { version?: string } = {}) {
    return this.#request(
      `/v1/paths/${encodeURIComponent(name)}`,
      pathResponseSchema,
      { query },
    );
  }

  /** How often each check of a path gave each verdict. */
  async getPathChecks(name: string) {
    return this.#request(
      `/v1/paths/${encodeURIComponent(name)}/checks`,
      checkSummariesResponseSchema,
    );
  }

  /** What a changed path would do to every entity. */
  async previewPath(body: PathPreviewRequest) {
    return this.#request('/v1/paths/preview', pathComparisonSchema, {
      method: 'POST',
      body,
    });
  }

  async getScorecards(query: FleetQuery = {}) {
    return this.#request('/v1/scorecards', scorecardsResponseSchema, { query });
  }

  /** Every row of the fleet that matches, as CSV. */
  async getScorecardsCsv(
    query: Omit<FleetQuery, 'limit' | 'cursor'> = {},
  ): Promise<string> {
    const response = await this.#send('/v1/scorecards.csv', { query });
    return response.text();
  }

  async getSummary(query: { groupBy: SummaryGroup; path?: string }) {
    return this.#request('/v1/summary', summaryResponseSchema, { query });
  }

  /** How each source of facts does over the whole fleet. */
  async getSources() {
    return this.#request('/v1/sources', sourcesResponseSchema);
  }

  /** Version and proof of a template of the suite's kind. */
  async getTemplate(entityRef: string) {
    return this.#request(templatePath(entityRef), templateResponseSchema);
  }

  /** What a dry run of the template needs. */
  async getTemplateFiles(entityRef: string) {
    return this.#request(
      `${templatePath(entityRef)}/files`,
      templateFilesResponseSchema,
    );
  }

  /** Which services have which version of the template. */
  async getAdoption(templateRef: string) {
    return this.#request(
      `${templatePath(templateRef)}/adoption`,
      adoptionResponseSchema,
    );
  }

  async getForecasts(templateRef: string) {
    return this.#request(
      `${templatePath(templateRef)}/forecasts`,
      forecastsResponseSchema,
    );
  }

  /** Starts a dry run of a version over every service; its progress is read with {@link GoldenPathClient.getForecast}. */
  async createForecast(templateRef: string, body: CreateForecast = {}) {
    return this.#request(
      `${templatePath(templateRef)}/forecasts`,
      forecastSchema,
      { method: 'POST', body },
    );
  }

  async getForecast(id: string) {
    return this.#request(
      `/v1/forecasts/${encodeURIComponent(id)}`,
      forecastSchema,
    );
  }

  async getRollouts(templateRef: string) {
    return this.#request(
      `${templatePath(templateRef)}/rollouts`,
      rolloutsResponseSchema,
    );
  }

  /** Starts to propose the newest version to services, wave by wave. */
  async createRollout(templateRef: string, body: CreateRollout) {
    return this.#request(
      `${templatePath(templateRef)}/rollouts`,
      rolloutSchema,
      { method: 'POST', body },
    );
  }

  async getRollout(id: string) {
    return this.#request(
      `/v1/rollouts/${encodeURIComponent(id)}`,
      rolloutSchema,
    );
  }

  async actOnRollout(id: string, action: RolloutAction, reason?: string) {
    return this.#request(
      `/v1/rollouts/${encodeURIComponent(id)}/${action}`,
      rolloutSchema,
      { method: 'POST', body: { reason } },
    );
  }

  /** Edits that several services of a template have made alike. */
  async getDesirePaths(templateRef: string) {
    return this.#request(
      `${templatePath(templateRef)}/desire-paths`,
      desirePathsResponseSchema,
    );
  }

  /** Proposes such an edit to the template itself. */
  async proposeDesirePath(templateRef: string, id: string) {
    return this.#request(
      `${templatePath(templateRef)}/desire-paths/${encodeURIComponent(
        id,
      )}/propose`,
      desirePathSchema,
      { method: 'POST', body: {} },
    );
  }

  async getWaivers(
    query: {
      entityRef?: string;
      path?: string;
      check?: string;
      status?: WaiverStatus;
      limit?: number;
      cursor?: string;
    } = {},
  ) {
    return this.#request('/v1/waivers', waiversResponseSchema, { query });
  }

  async requestWaiver(body: WaiverRequest) {
    return this.#request('/v1/waivers', waiverRecordSchema, {
      method: 'POST',
      body,
    });
  }

  async decideWaiver(id: string, action: WaiverAction, note?: string) {
    return this.#request(
      `/v1/waivers/${encodeURIComponent(id)}/${action}`,
      waiverRecordSchema,
      { method: 'POST', body: { note } },
    );
  }

  async #entity<T extends z.ZodType>(
    entityRef: string,
    resource: string,
    schema: T,
    query: Query = {},
    method: 'GET' | 'POST' = 'GET',
    body?: unknown,
  ): Promise<z.infer<T>> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return this.#request(
      `/v1/entities/${path.toLocaleLowerCase('en-US')}/${resource}`,
      schema,
      { query, method, body },
    );
  }

  async #request<T extends z.ZodType>(
    path: string,
    schema: T,
    request: ClientRequest = {},
  ): Promise<z.infer<T>> {
    const response = await this.#send(path, request);
    return schema.parse(await response.json());
  }

  async #send(path: string, request: ClientRequest): Promise<Response> {
    const { query = {}, method = 'GET', body } = request;
    const baseUrl = await this.#options.discoveryApi.getBaseUrl('golden-path');
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(key, String(value));
      }
    }
    const suffix = search.size > 0 ? `?${search}` : '';
    const response = await this.#options.fetchApi.fetch(
      `${baseUrl}${path}${suffix}`,
      {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function templatePath(entityRef: string): string {
  const { namespace, name } = parseEntityRef(entityRef);
  const path = [namespace, name].map(encodeURIComponent).join('/');
  return `/v1/templates/${path.toLocaleLowerCase('en-US')}`;
}
