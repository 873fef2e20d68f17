import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  createRolloutSchema,
  goldenPathRolloutManagePermission,
  goldenPathScorecardReadPermission,
  Rollout,
  rolloutActionSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Router } from 'express';
import { RolloutService } from '../rollouts/RolloutService';
import { OpenApiRouter } from '../schema/openapi';
import { jsonBody } from './jsonBody';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

// Ten thousand entity references
const BODY_LIMIT_BYTES = 5_500_000;
const ACTION_LIMIT_BYTES = 10_000;

/** @internal */
export interface RolloutRoutesOptions {
  guard: RequestGuard;
  rollouts: RolloutService;
}

/** Reads the bodies of these routes; to be added before the router that validates. @internal */
export function addRolloutBodies(outer: Router): void {
  outer.post(
    '/v1/templates/:namespace/:name/rollouts',
    ...jsonBody(BODY_LIMIT_BYTES),
  );
  outer.post('/v1/rollouts/:id/:action', ...jsonBody(ACTION_LIMIT_BYTES));
}

/** `/v1/templates/{namespace}/{name}/rollouts` and `/v1/rollouts/{id}...` @internal */
export function addRolloutRoutes(
  router: OpenApiRouter,
  options: RolloutRoutesOptions,
): void {
  const { guard, rollouts } = options;
  const read = goldenPathScorecardReadPermission;
  const manage = goldenPathRolloutManagePermission;

  router.get(
    '/v1/templates/:namespace/:name/rollouts',
    async (request, response) => {
      const credentials = await guard.authorize(request, read);
      const ref = stringifyEntityRef({ kind: 'Template', ...request.params });
      response.json(await rollouts.list(ref, credentials));
    },
  );

  router.post(
    '/v1/templates/:namespace/:name/rollouts',
    async (request, response) => {
      const reply = await guard.audited(request, 'rollout-create', async () => {
        const credentials = await guard.authorize(request, manage);
        const ref = stringifyEntityRef({ kind: 'Template', ...request.params });
        const body = parseInput(createRolloutSchema, request.body ?? {});
        const rollout = await rollouts.create(ref, body, credentials);
        return { reply: rollout, meta: auditMeta(rollout) };
      });
      response.status(202).json(reply);
    },
  );

  router.get('/v1/rollouts/:id', async (request, response) => {
    const credentials = await guard.authorize(request, read);
    response.json(await rollouts.get(request.params.id, credentials));
  });

  router.post('/v1/rollouts/:id/:action', async (request, response) => {
    const { id, action } = request.params;
    const rollout = await guard.audited(request, 'rollout-action', async () => {
      const credentials = await guard.authorize(request, manage);
      const { reason } = parseInput(rolloutActionSchema, request.body ?? {});
      const reply = await rollouts.act(id, action, reason, credentials);
      return { reply, meta: { ...auditMeta(reply), action } };
    });
    response.json(rollout);
  });
}

function auditMeta(rollout: Rollout) {
  const { id, template, version, status, items } = rollout;
  return { id, template, version, status, services: items.length };
}
