import { InputError } from '@backstage/errors';
import express, { NextFunction, Request, Response, Router } from 'express';
import { createOpenApiRouter } from '../schema/openapi';
import { BadgeRoutesOptions, createBadgeRouter } from './badgeRoutes';
import { addEntityRoutes, EntityRoutesOptions } from './entityRoutes';
import { addFleetRoutes, FleetRoutesOptions } from './fleetRoutes';
import { createIngestRouter, IngestRoutesOptions } from './ingestRoutes';
import { jsonBody } from './jsonBody';
import { addGateBodies, addGateRoutes, GateRoutesOptions } from './gateRoutes';
import {
  addHealthBodies,
  addHealthRoutes,
  HealthRoutesOptions,
} from './healthRoutes';
import { addPlanRoutes, PlanRoutesOptions } from './planRoutes';
import {
  addTemplateFleetBodies,
  addTemplateFleetRoutes,
  TemplateFleetRoutesOptions,
} from './templateFleetRoutes';
import {
  addRolloutBodies,
  addRolloutRoutes,
  RolloutRoutesOptions,
} from './rolloutRoutes';
import { addTemplateRoutes, TemplateRoutesOptions } from './templateRoutes';
import {
  addUpdateBodies,
  addUpdateRoutes,
  UpdateRoutesOptions,
} from './updateRoutes';
import {
  addWaiverBodies,
  addWaiverRoutes,
  WaiverRoutesOptions,
} from './waiverRoutes';

// A path of the largest size there is, in JSON
const PREVIEW_LIMIT_BYTES = 1_500_000;

/** The HTTP API of the plugin; schema/openapi/spec.ts describes it. @internal */
export function createRouter(
  options: EntityRoutesOptions &
    FleetRoutesOptions &
    TemplateRoutesOptions &
    TemplateFleetRoutesOptions &
    PlanRoutesOptions &
    UpdateRoutesOptions &
    RolloutRoutesOptions &
    WaiverRoutesOptions &
    HealthRoutesOptions &
    GateRoutesOptions &
    IngestRoutesOptions &
    BadgeRoutesOptions,
): Router {
  const router = createOpenApiRouter();
  addEntityRoutes(router, options);
  addFleetRoutes(router, options);
  addTemplateRoutes(router, options);
  addPlanRoutes(router, options);
  addUpdateRoutes(router, options);
  addRolloutRoutes(router, options);
  addTemplateFleetRoutes(router, options);
  addWaiverRoutes(router, options);
  addHealthRoutes(router, options);
  addGateRoutes(router, options);

  const outer = express.Router();
  outer.use(refuseNul);
  outer.use(createIngestRouter(options));
  outer.post('/v1/paths/preview', ...jsonBody(PREVIEW_LIMIT_BYTES));
  addTemplateFleetBodies(outer);
  addUpdateBodies(outer);
  addRolloutBodies(outer);
  addWaiverBodies(outer);
  addHealthBodies(outer);
  addGateBodies(outer);
  outer.use(createBadgeRouter(options));
  outer.use(router);
  return outer;
}

/** No name holds a NUL, and PostgreSQL refuses to look for one. */
function refuseNul(request: Request, _response: Response, next: NextFunction) {
  next(
    request.url.includes('%00')
      ? new InputError('The address must not hold a NUL character')
      : undefined,
  );
}
