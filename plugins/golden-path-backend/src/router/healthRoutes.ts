import { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  acknowledgeAnomalySchema,
  goldenPathAnomalyAcknowledgePermission,
  goldenPathScorecardReadPermission,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Router } from 'express';
import { AnomalyService } from '../health/AnomalyService';
import { HealthRollups } from '../health/HealthRollups';
import { HealthService } from '../health/HealthService';
import { Timeline } from '../health/Timeline';
import { OpenApiRouter } from '../schema/openapi';
import { callerRef } from '../service/callerRef';
import { jsonBody } from './jsonBody';
import { parseHealthQuery } from './parseHealthQuery';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

const BODY_LIMIT_BYTES = 10_000;

/** @internal */
export interface HealthRoutesOptions {
  guard: RequestGuard;
  healthService: HealthService;
  timeline: Timeline;
  healthRollups: HealthRollups;
  anomalies: AnomalyService;
  auth: AuthService;
}

/** Bodies of the routes below. @internal */
export function addHealthBodies(router: Router): void {
  router.post(
    '/v1/entities/:kind/:namespace/:name/anomalies/:id/acknowledge',
    ...jsonBody(BODY_LIMIT_BYTES),
  );
}

/** Downstream health, its time line, its roll-ups and its anomalies. @internal */
export function addHealthRoutes(
  router: OpenApiRouter,
  options: HealthRoutesOptions,
): void {
  const { guard, healthService, timeline, healthRollups, anomalies, auth } =
    options;
  const read = goldenPathScorecardReadPermission;

  router.get(
    '/v1/entities/:kind/:namespace/:name/health',
    async (request, response) => {
      const entity = await guard.entity(request, read);
      const entityRef = stringifyEntityRef(entity);
      const query = parseHealthQuery(request.query);
      response.json(await healthService.report({ entityRef, ...query }));
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/timeline',
    async (request, response) => {
      const entity = await guard.entity(request, read);
      const entityRef = stringifyEntityRef(entity);
      const query = parseHealthQuery(request.query);
      response.json(await timeline.read({ entityRef, ...query }));
    },
  );

  router.post(
    '/v1/entities/:kind/:namespace/:name/anomalies/:id/acknowledge',
    async (request, response) => {
      const { id } = request.params;
      const reply = await guard.audited(
        request,
        'anomaly-acknowledge',
        async () => {
          const permission = goldenPathAnomalyAcknowledgePermission;
          const entity = await guard.entity(request, permission);
          const credentials = await guard.authorize(request, permission);
          const { reason } = parseInput(acknowledgeAnomalySchema, request.body);
          const entityRef = stringifyEntityRef(entity);
          const by = callerRef(credentials, auth);
          const anomaly = await anomalies.acknowledge({
            entityRef,
            id,
            by,
            reason,
          });
          return { reply: anomaly, meta: { entityRef, id } };
        },
      );
      response.json(reply);
    },
  );

  router.get('/v1/health', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    const { groupBy, environment } = request.query;
    response.json(
      await healthRollups.read({ groupBy, environment }, credentials),
    );
  });
}
