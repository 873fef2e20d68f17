import { InputError } from '@backstage/errors';
import { goldenPathEventCreatePermission } from '@goldenpath/backstage-plugin-golden-path-common';
import express, { NextFunction, Request, Response, Router } from 'express';
import { EventIngest } from '../events/EventIngest';
import { createOpenApiRouter } from '../schema/openapi';
import { BadgeRoutesOptions, createBadgeRouter } from './badgeRoutes';
import { addEntityRoutes, EntityRoutesOptions } from './entityRoutes';
import { eventsBody } from './eventsBody';
import { addFleetRoutes, FleetRoutesOptions } from './fleetRoutes';
import { jsonBody } from './jsonBody';
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
    BadgeRoutesOptions & { ingest: EventIngest },
): Router {
  const { guard, ingest } = options;
  const router = createOpenApiRouter();
  addEntityRoutes(router, options);
  addFleetRoutes(router, options);
  addTemplateRoutes(router, options);
  addPlanRoutes(router, options);
  addUpdateRoutes(router, options);
  addRolloutRoutes(router, options);
  addTemplateFleetRoutes(router, options);
  addWaiverRoutes(router, options);

  router.post('/v1/events', async (request, response) => {
    const { headers, body } = request;
    const reply = await guard.audited(request, 'event-ingest', async () => {
      const credentials = await guard.authorize(
        request,
        goldenPathEventCreatePermission,
      );
      const result = await ingest.ingest(
        { headers, text: typeof body === 'string' ? body : '' },
        credentials,
      );
      const { unattached, ...meta } = result;
      return {
        reply: result,
        meta: { ...meta, unattached: unattached.length },
      };
    });
    response.status(202).json(reply);
  });

  const outer = express.Router();
  outer.use(refuseNul);
  outer.post('/v1/events', ...eventsBody());
  outer.post('/v1/paths/preview', ...jsonBody(PREVIEW_LIMIT_BYTES));
  addTemplateFleetBodies(outer);
  addUpdateBodies(outer);
  addRolloutBodies(outer);
  addWaiverBodies(outer);
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
