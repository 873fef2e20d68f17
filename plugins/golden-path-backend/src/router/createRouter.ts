import { InputError } from '@backstage/errors';
import {
  goldenPathEventCreatePermission,
  goldenPathScorecardReadPermission,
} from '@goldenpath/backstage-plugin-golden-path-common';
import express, { NextFunction, Request, Response, Router } from 'express';
import { EventIngest } from '../events/EventIngest';
import { createOpenApiRouter } from '../schema/openapi';
import { PathReader } from '../service/PathReader';
import { addEntityRoutes, EntityRoutesOptions } from './entityRoutes';
import { eventsBody } from './eventsBody';

/** The HTTP API of the plugin; schema/openapi/spec.ts describes it. @internal */
export function createRouter(
  options: EntityRoutesOptions & { paths: PathReader; ingest: EventIngest },
): Router {
  const { guard, paths, scorecards, ingest } = options;
  const router = createOpenApiRouter();
  addEntityRoutes(router, options);

  router.get('/v1/paths', async (request, response) => {
    await guard.authorize(request, goldenPathScorecardReadPermission);
    response.json(await paths.list());
  });

  router.get('/v1/paths/:name', async (request, response) => {
    await guard.authorize(request, goldenPathScorecardReadPermission);
    response.json(paths.get(request.params.name));
  });

  router.get('/v1/scorecards', async (request, response) => {
    const credentials = await guard.authorize(
      request,
      goldenPathScorecardReadPermission,
    );
    const { path, limit, cursor } = request.query;
    response.json(
      await scorecards.list(
        { path, limit: Number(limit ?? 50), cursor },
        credentials,
      ),
    );
  });

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
