import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  createUpdateSchema,
  goldenPathScorecardReadPermission,
  goldenPathUpdateCreatePermission,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Router } from 'express';
import { OpenApiRouter } from '../schema/openapi';
import { UpdateService } from '../updates/UpdateService';
import { jsonBody } from './jsonBody';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

// Decisions about every hunk of a large update
const BODY_LIMIT_BYTES = 1_000_000;

/** @internal */
export interface UpdateRoutesOptions {
  guard: RequestGuard;
  updates: UpdateService;
}

/** Reads the bodies of these routes; to be added before the router that validates. @internal */
export function addUpdateBodies(outer: Router): void {
  outer.post(
    '/v1/entities/:kind/:namespace/:name/updates',
    ...jsonBody(BODY_LIMIT_BYTES),
  );
}

/** `/v1/entities/{kind}/{namespace}/{name}/updates` @internal */
export function addUpdateRoutes(
  router: OpenApiRouter,
  options: UpdateRoutesOptions,
): void {
  const { guard, updates } = options;

  router.get(
    '/v1/entities/:kind/:namespace/:name/updates',
    async (request, response) => {
      const entity = await guard.entity(
        request,
        goldenPathScorecardReadPermission,
      );
      response.json(await updates.list(stringifyEntityRef(entity)));
    },
  );

  router.post(
    '/v1/entities/:kind/:namespace/:name/updates',
    async (request, response) => {
      const reply = await guard.audited(request, 'update-create', async () => {
        const permission = goldenPathUpdateCreatePermission;
        const credentials = await guard.authorize(request, permission);
        const entity = await guard.entity(request, permission);
        const entityRef = stringifyEntityRef(entity);
        const body = parseInput(createUpdateSchema, request.body ?? {});
        const update = await updates.create(entityRef, body, credentials);
        const { id, layer, template, to } = update;
        return { reply: update, meta: { id, entityRef, layer, template, to } };
      });
      response.status(202).json(reply);
    },
  );
}
