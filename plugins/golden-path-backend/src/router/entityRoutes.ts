import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  goldenPathEventReadPermission,
  goldenPathScorecardReadPermission,
  goldenPathScorecardRefreshPermission,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { OpenApiRouter } from '../schema/openapi';
import { EventReader } from '../service/EventReader';
import { ScorecardReader } from '../service/ScorecardReader';
import { WorkQueue } from '../work/WorkQueue';
import { RequestGuard } from './RequestGuard';

/** @internal */
export interface EntityRoutesOptions {
  guard: RequestGuard;
  scorecards: ScorecardReader;
  events: EventReader;
  queue: WorkQueue;
}

/** `/v1/entities/{kind}/{namespace}/{name}/...` @internal */
export function addEntityRoutes(
  router: OpenApiRouter,
  options: EntityRoutesOptions,
): void {
  const { guard, scorecards, events, queue } = options;
  const read = goldenPathScorecardReadPermission;

  router.get(
    '/v1/entities/:kind/:namespace/:name/scorecard',
    async (request, response) => {
      const credentials = await guard.authorize(request, read);
      const entityRef = stringifyEntityRef(request.params);
      response.json(await scorecards.scorecard(entityRef, credentials));
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/history',
    async (request, response) => {
      const entity = await guard.entity(request, read);
      response.json(await scorecards.history(entity));
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/drift',
    async (request, response) => {
      const entity = await guard.entity(request, read);
      response.json(await scorecards.drift(entity));
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/events',
    async (request, response) => {
      const entity = await guard.entity(request, goldenPathEventReadPermission);
      const { ids, limit, cursor } = request.query;
      const entityRef = stringifyEntityRef(entity);
      response.json(
        await events.list({
          entityRef,
          ids: ids?.split(',').filter(id => id !== ''),
          limit: Number(limit ?? 50),
          cursor,
        }),
      );
    },
  );

  router.post(
    '/v1/entities/:kind/:namespace/:name/refresh',
    async (request, response) => {
      const reply = await guard.audited(request, 'entity-refresh', async () => {
        const entity = await guard.entity(
          request,
          goldenPathScorecardRefreshPermission,
        );
        const entityRef = stringifyEntityRef(entity);
        await queue.enqueue(entityRef, 'refresh');
        return {
          reply: { entityRef, status: 'queued' as const },
          meta: { entityRef },
        };
      });
      response.status(202).json(reply);
    },
  );
}
