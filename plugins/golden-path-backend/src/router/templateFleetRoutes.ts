import { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  createForecastSchema,
  goldenPathRolloutManagePermission,
  goldenPathScorecardReadPermission,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Router } from 'express';
import { AdoptionReader } from '../adoption/AdoptionReader';
import { DesirePaths } from '../desirePaths/DesirePaths';
import { ForecastService } from '../forecasts/ForecastService';
import { OpenApiRouter } from '../schema/openapi';
import { callerRef } from '../service/callerRef';
import { EntityAccess } from '../service/EntityAccess';
import { jsonBody } from './jsonBody';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

const BODY_LIMIT_BYTES = 10_000;
const LONGEST_PROPOSAL_MS = 120_000;

/** @internal */
export interface TemplateFleetRoutesOptions {
  guard: RequestGuard;
  access: EntityAccess;
  auth: AuthService;
  adoption: AdoptionReader;
  forecasts: ForecastService;
  desirePaths: DesirePaths;
}

/** Reads the bodies of these routes; to be added before the router that validates. @internal */
export function addTemplateFleetBodies(outer: Router): void {
  const body = jsonBody(BODY_LIMIT_BYTES);
  outer.post('/v1/templates/:namespace/:name/forecasts', ...body);
  outer.post(
    '/v1/templates/:namespace/:name/desire-paths/:id/propose',
    ...body,
  );
}

/** Who has which version of a template, what a version would do to them, and what they wish. @internal */
export function addTemplateFleetRoutes(
  router: OpenApiRouter,
  options: TemplateFleetRoutesOptions,
): void {
  const { guard, access, auth, adoption, forecasts, desirePaths } = options;
  const read = goldenPathScorecardReadPermission;
  const manage = goldenPathRolloutManagePermission;

  router.get(
    '/v1/templates/:namespace/:name/adoption',
    async (request, response) => {
      const credentials = await guard.authorize(request, read);
      const ref = templateRef(request.params);
      await access.entity(ref, credentials);
      response.json(await adoption.read(ref, credentials));
    },
  );

  router.get(
    '/v1/templates/:namespace/:name/forecasts',
    async (request, response) => {
      const credentials = await guard.authorize(request, read);
      const ref = templateRef(request.params);
      await access.entity(ref, credentials);
      response.json(await forecasts.list(ref, credentials));
    },
  );

  router.post(
    '/v1/templates/:namespace/:name/forecasts',
    async (request, response) => {
      const ref = templateRef(request.params);
      const reply = await guard.audited(
        request,
        'forecast-create',
        async () => {
          const credentials = await guard.authorize(request, manage);
          await access.entity(ref, credentials);
          const { url } = parseInput(createForecastSchema, request.body ?? {});
          const forecast = await forecasts.create({
            templateRef: ref,
            url,
            credentials,
          });
          return {
            reply: forecast,
            meta: { id: forecast.id, templateRef: ref, url },
          };
        },
      );
      response.status(202).json(reply);
    },
  );

  router.get('/v1/forecasts/:id', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    response.json(await forecasts.get(request.params.id, credentials));
  });

  router.get(
    '/v1/templates/:namespace/:name/desire-paths',
    async (request, response) => {
      const credentials = await guard.authorize(request, read);
      const ref = templateRef(request.params);
      await access.entity(ref, credentials);
      response.json(await desirePaths.list(ref, credentials));
    },
  );

  router.post(
    '/v1/templates/:namespace/:name/desire-paths/:id/propose',
    async (request, response) => {
      const ref = templateRef(request.params);
      const { id } = request.params;
      const reply = await guard.audited(
        request,
        'desire-path-propose',
        async () => {
          const credentials = await guard.authorize(request, manage);
          await access.entity(ref, credentials);
          const proposed = await desirePaths.propose({
            templateRef: ref,
            id,
            proposedBy: callerRef(credentials, auth),
            credentials,
            signal: AbortSignal.timeout(LONGEST_PROPOSAL_MS),
          });
          return { reply: proposed, meta: { templateRef: ref, id } };
        },
      );
      response.status(201).json(reply);
    },
  );
}

function templateRef(params: { namespace: string; name: string }): string {
  const { namespace, name } = params;
  return stringifyEntityRef({ kind: 'Template', namespace, name });
}
