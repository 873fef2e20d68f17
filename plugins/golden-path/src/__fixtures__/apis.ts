import { ResponseError } from '@backstage/errors';
import type { GoldenPathApi } from '../api/goldenPathApi';
import type { LocalGitApi } from '../api/localGitApi';
import { adoptionResponse } from './adoption';
import { desirePathFixture, desirePathsResponse } from './desirePaths';
import { changeRequest, changeRequestDetails } from './changeRequest';
import { driftResponse } from './drift';
import { entityRef } from './entity';
import {
  blockedDecision,
  decisionFixture,
  decisionsResponse,
  gateAccuracy,
  gateReplay,
} from './gate';
import {
  anomalyFixture,
  eventsResponse,
  healthResponse,
  healthRollups,
} from './health';
import {
  checksResponse,
  fleetPage,
  sourcesResponse,
  summaryResponse,
} from './fleet';
import { forecastFixture, forecastsResponse } from './forecast';
import { pathResponse, pathsResponse } from './paths';
import { planResponse, updateFixture } from './plan';
import { comparison } from './preview';
import { repository } from './repository';
import { rolloutFixture, rolloutsResponse } from './rollout';
import { scorecardResponse } from './scorecard';
import { templateResponse } from './template';
import { timelineResponse } from './timeline';
import { waiverFixture } from './waivers';

function method<F extends (...parameters: any[]) => unknown>(
  implementation: (...parameters: Parameters<F>) => ReturnType<F>,
): jest.MockedFunction<F> {
  return jest.fn(implementation) as unknown as jest.MockedFunction<F>;
}

export function goldenPathApiMock(): jest.Mocked<GoldenPathApi> {
  return {
    getScorecard: method<GoldenPathApi['getScorecard']>(async () =>
      scorecardResponse(),
    ),
    getHistory: method<GoldenPathApi['getHistory']>(async () => ({
      entityRef,
      items: [],
    })),
    getDrift: method<GoldenPathApi['getDrift']>(async () => driftResponse),
    getPlan: method<GoldenPathApi['getPlan']>(async () => planResponse()),
    getUpdates: method<GoldenPathApi['getUpdates']>(async () => ({
      entityRef,
      items: [],
    })),
    createUpdate: method<GoldenPathApi['createUpdate']>(async () =>
      updateFixture({ state: 'queued', url: null }),
    ),
    getHealth: method<GoldenPathApi['getHealth']>(async () => healthResponse),
    getTimeline: method<GoldenPathApi['getTimeline']>(
      async () => timelineResponse,
    ),
    getHealthRollup: method<GoldenPathApi['getHealthRollup']>(
      async () => healthRollups,
    ),
    acknowledgeAnomaly: method<GoldenPathApi['acknowledgeAnomaly']>(
      async (_, id, { reason }) =>
        anomalyFixture({
          id,
          acknowledged: {
            by: 'user:default/ann',
            at: '2026-11-21T10:00:00Z',
            reason,
          },
        }),
    ),
    askGate: method<GoldenPathApi['askGate']>(async ({ entityRef: asked }) => {
      const decision = decisionFixture();
      return {
        ...decision,
        request: { ...decision.request, entityRef: asked },
      };
    }),
    getDecisions: method<GoldenPathApi['getDecisions']>(
      async () => decisionsResponse,
    ),
    getDecision: method<GoldenPathApi['getDecision']>(async id =>
      blockedDecision({ id }),
    ),
    overrideDecision: method<GoldenPathApi['overrideDecision']>(
      async (id, { reason }) =>
        blockedDecision({
          id,
          proceed: true,
          override: {
            by: 'user:default/ann',
            reason,
            at: '2026-11-21T10:00:00Z',
            expiresAt: '2026-11-21T14:00:00Z',
          },
        }),
    ),
    getGateAccuracy: method<GoldenPathApi['getGateAccuracy']>(
      async () => gateAccuracy,
    ),
    replayGate: method<GoldenPathApi['replayGate']>(async () => gateReplay),
    getEvents: method<GoldenPathApi['getEvents']>(async () => eventsResponse),
    refresh: method<GoldenPathApi['refresh']>(async () => ({
      entityRef,
      status: 'queued',
    })),
    getPaths: method<GoldenPathApi['getPaths']>(async () => pathsResponse),
    getPath: method<GoldenPathApi['getPath']>(async () => pathResponse),
    getPathChecks: method<GoldenPathApi['getPathChecks']>(
      async () => checksResponse,
    ),
    previewPath: method<GoldenPathApi['previewPath']>(async () => comparison),
    getScorecards: method<GoldenPathApi['getScorecards']>(async () =>
      fleetPage(['orders']),
    ),
    getScorecardsCsv: method<GoldenPathApi['getScorecardsCsv']>(
      async () => 'entityRef\ncomponent:default/orders\n',
    ),
    getSummary: method<GoldenPathApi['getSummary']>(async ({ groupBy }) =>
      summaryResponse(groupBy),
    ),
    getSources: method<GoldenPathApi['getSources']>(
      async () => sourcesResponse,
    ),
    getTemplate: method<GoldenPathApi['getTemplate']>(async () =>
      templateResponse(),
    ),
    getTemplateFiles: method<GoldenPathApi['getTemplateFiles']>(async ref => ({
      entityRef: ref,
      version: '2.0.0',
      files: [{ path: 'skeleton/README.md', base64Content: btoa('# Hi\n') }],
    })),
    getAdoption: method<GoldenPathApi['getAdoption']>(async () =>
      adoptionResponse(),
    ),
    getForecasts: method<GoldenPathApi['getForecasts']>(async () =>
      forecastsResponse(forecastFixture()),
    ),
    createForecast: method<GoldenPathApi['createForecast']>(async () =>
      forecastFixture({ status: 'running', done: 0, items: [] }),
    ),
    getForecast: method<GoldenPathApi['getForecast']>(async id =>
      forecastFixture({ id }),
    ),
    getRollouts: method<GoldenPathApi['getRollouts']>(async () =>
      rolloutsResponse(rolloutFixture()),
    ),
    createRollout: method<GoldenPathApi['createRollout']>(async () =>
      rolloutFixture({ id: 'r-2' }),
    ),
    getRollout: method<GoldenPathApi['getRollout']>(async id =>
      rolloutFixture({ id }),
    ),
    actOnRollout: method<GoldenPathApi['actOnRollout']>(async (id, action) =>
      rolloutFixture({
        id,
        status: (
          { pause: 'paused', resume: 'running', cancel: 'cancelled' } as const
        )[action],
      }),
    ),
    getDesirePaths: method<GoldenPathApi['getDesirePaths']>(async () =>
      desirePathsResponse(),
    ),
    proposeDesirePath: method<GoldenPathApi['proposeDesirePath']>(
      async (_, id) => desirePathFixture({ id }),
    ),
    getWaivers: method<GoldenPathApi['getWaivers']>(async () => ({
      items: [],
      totalItems: 0,
    })),
    requestWaiver: method<GoldenPathApi['requestWaiver']>(async body =>
      waiverFixture({ ...body, owner: body.owner ?? 'user:default/ann' }),
    ),
    decideWaiver: method<GoldenPathApi['decideWaiver']>(async (id, action) =>
      waiverFixture({
        id,
        status: (
          {
            approve: 'approved',
            reject: 'rejected',
            revoke: 'revoked',
            withdraw: 'withdrawn',
          } as const
        )[action],
        actions: [],
      }),
    ),
  };
}

export function localGitApiMock(): jest.Mocked<LocalGitApi> {
  return {
    listRepositories: method<LocalGitApi['listRepositories']>(async () => ({
      items: [repository],
    })),
    getRepository: method<LocalGitApi['getRepository']>(async () => repository),
    getCommits: method<LocalGitApi['getCommits']>(async () => ({
      items: [
        {
          sha: '0123456789abcdef0123456789abcdef01234567',
          subject: 'Create the service',
          author: 'Ann',
          at: '2026-11-20T10:00:00Z',
        },
      ],
    })),
    getFiles: method<LocalGitApi['getFiles']>(async () => ({
      ref: 'main',
      path: '',
      items: [
        { name: 'src', path: 'src', type: 'folder', size: null },
        {
          name: 'README.md',
          path: 'README.md',
          type: 'file',
          size: 1234,
        },
      ],
    })),
    getContent: method<LocalGitApi['getContent']>(async () => ({
      ref: 'main',
      path: 'README.md',
      size: 14,
      text: '# Orders\nhello\n',
    })),
    createPushToken: method<LocalGitApi['createPushToken']>(async () => ({
      token: 'gp_secret-token',
      expiresAt: '2026-11-28T10:00:00Z',
    })),
    getChangeRequests: method<LocalGitApi['getChangeRequests']>(async () => ({
      items: [changeRequest()],
      counts: { open: 1, merged: 0, closed: 0 },
    })),
    getChangeRequest: method<LocalGitApi['getChangeRequest']>(async () =>
      changeRequestDetails(),
    ),
    actOnChangeRequest: method<LocalGitApi['actOnChangeRequest']>(async () =>
      changeRequest(),
    ),
  };
}

/** An answer of the backend that is not ok. */
export async function refusal(
  status: number,
  name: string,
  message: string,
): Promise<Error> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}
