import {
  gateDecisionSchema,
  pathComparisonSchema,
  type GateRequest,
  type GateVerdict,
} from '@goldenpath/engine';
import {
  driftResponseSchema,
  eventsResponseSchema,
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
  decisionsResponseSchema,
  gateAccuracySchema,
  gateReplaySchema,
  type GateReplayRequest,
  type OverrideDecision,
} from './gate';
import {
  acknowledgedAnomalySchema,
  healthResponseSchema,
  healthRollupsResponseSchema,
  timelineResponseSchema,
  type AcknowledgeAnomaly,
} from './health';
import {
  Requests,
  templatePath,
  type GoldenPathClientOptions,
} from './requests';
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

/**
 * Typed client of `/api/golden-path/v1`. Every method throws a `ResponseError` when the backend refuses, and a
 * `ZodError` when it answers something that is not the contract.
 * @public
 */
export class GoldenPathClient {
  readonly #requests: Requests;

  constructor(options: GoldenPathClientOptions) {
    this.#requests = new Requests(options);
  }

  async getScorecard(entityRef: string) {
    return this.#requests.entity(
      entityRef,
      'scorecard',
      scorecardResponseSchema,
    );
  }

  async getHistory(entityRef: string) {
    return this.#requests.entity(entityRef, 'history', historyResponseSchema);
  }

  async getDrift(entityRef: string) {
    return this.#requests.entity(entityRef, 'drift', driftResponseSchema);
  }

  /** What an update to the newest version of the templates would do; worked out while the caller waits. */
  async getPlan(entityRef: string, query: { layer?: string } = {}) {
    return this.#requests.entity(entityRef, 'plan', planResponseSchema, query);
  }

  async getUpdates(entityRef: string) {
    return this.#requests.entity(entityRef, 'updates', updatesResponseSchema);
  }

  /** Proposes the update of one layer; asking again for the same gives the request that is there. */
  async createUpdate(entityRef: string, body: CreateUpdate) {
    return this.#requests.entity(
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
    return this.#requests.entity(
      entityRef,
      'health',
      healthResponseSchema,
      query,
    );
  }

  /** Deployments, incidents, flags, scans and decisions of the gate, oldest first. */
  async getTimeline(
    entityRef: string,
    query: { environment?: string; from?: string; to?: string } = {},
  ) {
    return this.#requests.entity(
      entityRef,
      'timeline',
      timelineResponseSchema,
      query,
    );
  }

  /** Pooled health of the entities of each owner or system. */
  async getHealthRollup(query: {
    groupBy: 'owner' | 'system';
    environment?: string;
  }) {
    return this.#requests.request('/v1/health', healthRollupsResponseSchema, {
      query,
    });
  }

  /** Takes a step in a metric as the new normal: its baseline starts anew. */
  async acknowledgeAnomaly(
    entityRef: string,
    id: string,
    body: AcknowledgeAnomaly,
  ) {
    return this.#requests.entity(
      entityRef,
      `anomalies/${encodeURIComponent(id)}/acknowledge`,
      acknowledgedAnomalySchema,
      {},
      'POST',
      body,
    );
  }

  /** Asks whether a deployment may go ahead; the answer is stored. */
  async askGate(body: Partial<GateRequest> & { entityRef: string }) {
    return this.#requests.request('/v1/gate', gateDecisionSchema, {
      method: 'POST',
      body,
    });
  }

  async getDecisions(
    query: {
      entityRef?: string;
      verdict?: GateVerdict;
      limit?: number;
      cursor?: string;
    } = {},
  ) {
    return this.#requests.request('/v1/decisions', decisionsResponseSchema, {
      query,
    });
  }

  async getDecision(id: string) {
    return this.#requests.request(
      `/v1/decisions/${encodeURIComponent(id)}`,
      gateDecisionSchema,
    );
  }

  /** Lets a stopped deployment go ahead for a while, with a reason. */
  async overrideDecision(id: string, body: OverrideDecision) {
    return this.#requests.request(
      `/v1/decisions/${encodeURIComponent(id)}/override`,
      gateDecisionSchema,
      { method: 'POST', body },
    );
  }

  /** How often the gate was right. */
  async getGateAccuracy(query: { entityRef?: string; days?: number } = {}) {
    return this.#requests.request('/v1/gate/accuracy', gateAccuracySchema, {
      query,
    });
  }

  /** What a changed policy would have decided. */
  async replayGate(body: Partial<GateReplayRequest>) {
    return this.#requests.request('/v1/gate/replay', gateReplaySchema, {
      method: 'POST',
      body,
    });
  }

  /** With `ids`, exactly those events that are known; otherwise a page of the newest. */
  async getEvents(
    entityRef: string,
    query: { ids?: string[]; limit?: number; cursor?: string } = {},
  ) {
    const { ids, ...rest } = query;
    return this.#requests.entity(entityRef, 'events', eventsResponseSchema, {
      ...rest,
      ids: ids?.join(','),
    });
  }

  async refresh(entityRef: string) {
    return this.#requests.entity(
      entityRef,
      'refresh',
      refreshResponseSchema,
      {},
      'POST',
    );
  }

  async getPaths() {
    return this.#requests.request('/v1/paths', pathsResponseSchema);
  }

  /** By default the version in force. */
  async getPath(name: string, query: { version?: string } = {}) {
    return this.#requests.request(
      `/v1/paths/${encodeURIComponent(name)}`,
      pathResponseSchema,
      { query },
    );
  }

  /** How often each check of a path gave each verdict. */
  async getPathChecks(name: string) {
    return this.#requests.request(
      `/v1/paths/${encodeURIComponent(name)}/checks`,
      checkSummariesResponseSchema,
    );
  }

  /** What a changed path would do to every entity. */
  async previewPath(body: PathPreviewRequest) {
    return this.#requests.request('/v1/paths/preview', pathComparisonSchema, {
      method: 'POST',
      body,
    });
  }

  async getScorecards(query: FleetQuery = {}) {
    return this.#requests.request('/v1/scorecards', scorecardsResponseSchema, {
      query,
    });
  }

  /** Every row of the fleet that matches, as CSV. */
  async getScorecardsCsv(
    query: Omit<FleetQuery, 'limit' | 'cursor'> = {},
  ): Promise<string> {
    const response = await this.#requests.send('/v1/scorecards.csv', { query });
    return response.text();
  }

  async getSummary(query: { groupBy: SummaryGroup; path?: string }) {
    return this.#requests.request('/v1/summary', summaryResponseSchema, {
      query,
    });
  }

  /** How each source of facts does over the whole fleet. */
  async getSources() {
    return this.#requests.request('/v1/sources', sourcesResponseSchema);
  }

  /** Version and proof of a template of the suite's kind. */
  async getTemplate(entityRef: string) {
    return this.#requests.request(
      templatePath(entityRef),
      templateResponseSchema,
    );
  }

  /** What a dry run of the template needs. */
  async getTemplateFiles(entityRef: string) {
    return this.#requests.request(
      `${templatePath(entityRef)}/files`,
      templateFilesResponseSchema,
    );
  }

  /** Which services have which version of the template. */
  async getAdoption(templateRef: string) {
    return this.#requests.request(
      `${templatePath(templateRef)}/adoption`,
      adoptionResponseSchema,
    );
  }

  async getForecasts(templateRef: string) {
    return this.#requests.request(
      `${templatePath(templateRef)}/forecasts`,
      forecastsResponseSchema,
    );
  }

  /** Starts a dry run of a version over every service; its progress is read with {@link GoldenPathClient.getForecast}. */
  async createForecast(templateRef: string, body: CreateForecast = {}) {
    return this.#requests.request(
      `${templatePath(templateRef)}/forecasts`,
      forecastSchema,
      { method: 'POST', body },
    );
  }

  async getForecast(id: string) {
    return this.#requests.request(
      `/v1/forecasts/${encodeURIComponent(id)}`,
      forecastSchema,
    );
  }

  async getRollouts(templateRef: string) {
    return this.#requests.request(
      `${templatePath(templateRef)}/rollouts`,
      rolloutsResponseSchema,
    );
  }

  /** Starts to propose the newest version to services, wave by wave. */
  async createRollout(templateRef: string, body: CreateRollout) {
    return this.#requests.request(
      `${templatePath(templateRef)}/rollouts`,
      rolloutSchema,
      { method: 'POST', body },
    );
  }

  async getRollout(id: string) {
    return this.#requests.request(
      `/v1/rollouts/${encodeURIComponent(id)}`,
      rolloutSchema,
    );
  }

  async actOnRollout(id: string, action: RolloutAction, reason?: string) {
    return this.#requests.request(
      `/v1/rollouts/${encodeURIComponent(id)}/${action}`,
      rolloutSchema,
      { method: 'POST', body: { reason } },
    );
  }

  /** Edits that several services of a template have made alike. */
  async getDesirePaths(templateRef: string) {
    return this.#requests.request(
      `${templatePath(templateRef)}/desire-paths`,
      desirePathsResponseSchema,
    );
  }

  /** Proposes such an edit to the template itself. */
  async proposeDesirePath(templateRef: string, id: string) {
    return this.#requests.request(
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
    return this.#requests.request('/v1/waivers', waiversResponseSchema, {
      query,
    });
  }

  async requestWaiver(body: WaiverRequest) {
    return this.#requests.request('/v1/waivers', waiverRecordSchema, {
      method: 'POST',
      body,
    });
  }

  async decideWaiver(id: string, action: WaiverAction, note?: string) {
    return this.#requests.request(
      `/v1/waivers/${encodeURIComponent(id)}/${action}`,
      waiverRecordSchema,
      { method: 'POST', body: { note } },
    );
  }
}
