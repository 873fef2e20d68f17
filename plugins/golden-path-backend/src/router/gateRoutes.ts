import {
  gateReplayRequestSchema,
  goldenPathGateAskPermission,
  goldenPathGateOverridePermission,
  goldenPathPathPreviewPermission,
  goldenPathScorecardReadPermission,
  overrideDecisionSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { GateDecision, gateRequestSchema } from '@goldenpath/engine';
import { Router } from 'express';
import { GateReview } from '../gate/GateReview';
import { GateService } from '../gate/GateService';
import { OpenApiRouter } from '../schema/openapi';
import { jsonBody } from './jsonBody';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

const ASK_LIMIT_BYTES = 300_000;
const OVERRIDE_LIMIT_BYTES = 10_000;
// A policy with every freeze it may have
const REPLAY_LIMIT_BYTES = 200_000;

/** @internal */
export interface GateRoutesOptions {
  guard: RequestGuard;
  gate: GateService;
  gateReview: GateReview;
}

/** Reads the bodies of these routes; to be added before the router that validates. @internal */
export function addGateBodies(outer: Router): void {
  outer.post('/v1/gate', ...jsonBody(ASK_LIMIT_BYTES));
  outer.post('/v1/gate/replay', ...jsonBody(REPLAY_LIMIT_BYTES));
  outer.post('/v1/decisions/:id/override', ...jsonBody(OVERRIDE_LIMIT_BYTES));
}

/** `/v1/gate...` and `/v1/decisions...` @internal */
export function addGateRoutes(
  router: OpenApiRouter,
  options: GateRoutesOptions,
): void {
  const { guard, gate, gateReview } = options;
  const read = goldenPathScorecardReadPermission;

  router.post('/v1/gate', async (request, response) => {
    const decision = await guard.audited(request, 'gate-ask', async () => {
      const credentials = await guard.authorize(
        request,
        goldenPathGateAskPermission,
      );
      const body = parseInput(gateRequestSchema, request.body);
      const reply = await gate.ask(body, credentials);
      return { reply, meta: auditMeta(reply) };
    });
    response.json(decision);
  });

  router.get('/v1/gate/accuracy', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    const { entityRef, days } = request.query;
    const query = { entityRef, days: Number(days ?? 90) };
    response.json(await gateReview.accuracy(query, credentials));
  });

  router.post('/v1/gate/replay', async (request, response) => {
    const credentials = await guard.authorize(
      request,
      goldenPathPathPreviewPermission,
    );
    const body = parseInput(gateReplayRequestSchema, request.body);
    response.json(await gateReview.replay(body, credentials));
  });

  router.get('/v1/decisions', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    const { limit, ...query } = request.query;
    response.json(
      await gate.list({ ...query, limit: Number(limit ?? 50) }, credentials),
    );
  });

  router.get('/v1/decisions/:id', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    response.json(await gate.get(request.params.id, credentials));
  });

  router.post('/v1/decisions/:id/override', async (request, response) => {
    const decision = await guard.audited(request, 'gate-override', async () => {
      const credentials = await guard.authorize(
        request,
        goldenPathGateOverridePermission,
      );
      const body = parseInput(overrideDecisionSchema, request.body);
      const reply = await gate.override(request.params.id, body, credentials);
      return { reply, meta: { ...auditMeta(reply), ...reply.override } };
    });
    response.json(decision);
  });
}

function auditMeta({ id, request, verdict, proceed }: GateDecision) {
  const { entityRef, environment, kind, fixes } = request;
  return { id, entityRef, environment, kind, fixes, verdict, proceed };
}
