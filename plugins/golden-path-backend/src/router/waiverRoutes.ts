import {
  goldenPathScorecardReadPermission,
  goldenPathWaiverApprovePermission,
  goldenPathWaiverRequestPermission,
  waiverDecisionSchema,
  WaiverRecord,
  waiverRequestSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Router } from 'express';
import { OpenApiRouter } from '../schema/openapi';
import { WaiverService } from '../waivers/WaiverService';
import { jsonBody } from './jsonBody';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

const BODY_LIMIT_BYTES = 100_000;

/** @internal */
export interface WaiverRoutesOptions {
  guard: RequestGuard;
  waivers: WaiverService;
}

/** Reads the bodies of the waiver routes; to be added before the router that validates. @internal */
export function addWaiverBodies(outer: Router): void {
  const body = jsonBody(BODY_LIMIT_BYTES);
  outer.post('/v1/waivers', ...body);
  outer.post('/v1/waivers/:id/:action', ...body);
}

/** `/v1/waivers...` @internal */
export function addWaiverRoutes(
  router: OpenApiRouter,
  options: WaiverRoutesOptions,
): void {
  const { guard, waivers } = options;

  router.get('/v1/waivers', async (request, response) => {
    const credentials = await guard.authorize(
      request,
      goldenPathScorecardReadPermission,
    );
    const { limit, ...query } = request.query;
    response.json(
      await waivers.list({ ...query, limit: Number(limit ?? 50) }, credentials),
    );
  });

  router.post('/v1/waivers', async (request, response) => {
    const record = await guard.audited(request, 'waiver-request', async () => {
      const credentials = await guard.authorize(
        request,
        goldenPathWaiverRequestPermission,
      );
      const body = parseInput(waiverRequestSchema, request.body);
      const reply = await waivers.request(body, credentials);
      return { reply, meta: auditMeta(reply) };
    });
    response.status(201).json(record);
  });

  router.post('/v1/waivers/:id/:action', async (request, response) => {
    const { id, action } = request.params;
    const record = await guard.audited(request, 'waiver-decision', async () => {
      // Who asked may withdraw without being one who decides; the service knows who asked
      const credentials = await guard.authorize(
        request,
        action === 'withdraw'
          ? goldenPathScorecardReadPermission
          : goldenPathWaiverApprovePermission,
      );
      const { note } = parseInput(waiverDecisionSchema, request.body ?? {});
      const reply = await waivers.decide(id, action, note, credentials);
      return { reply, meta: { ...auditMeta(reply), action } };
    });
    response.json(record);
  });
}

function auditMeta(record: WaiverRecord) {
  const { id, entityRef, path, check, expires, status } = record;
  return { id, entityRef, path, check, expires, status };
}
