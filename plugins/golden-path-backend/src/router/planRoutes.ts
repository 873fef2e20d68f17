import { stringifyEntityRef } from '@backstage/catalog-model';
import { goldenPathScorecardReadPermission } from '@goldenpath/backstage-plugin-golden-path-common';
import { PlanReader } from '../plans/PlanReader';
import { OpenApiRouter } from '../schema/openapi';
import { EntityAccess } from '../service/EntityAccess';
import { RequestGuard } from './RequestGuard';

/** @internal */
export interface PlanRoutesOptions {
  guard: RequestGuard;
  access: EntityAccess;
  planReader: PlanReader;
}

/** `/v1/entities/{kind}/{namespace}/{name}/plan` @internal */
export function addPlanRoutes(
  router: OpenApiRouter,
  options: PlanRoutesOptions,
): void {
  const { guard, access, planReader } = options;

  router.get(
    '/v1/entities/:kind/:namespace/:name/plan',
    async (request, response) => {
      const read = goldenPathScorecardReadPermission;
      const credentials = await guard.authorize(request, read);
      const entityRef = stringifyEntityRef(request.params);
      const entity = await access.entity(entityRef, credentials);
      const layerId = request.query.layer;
      response.json(await planReader.read({ entity, layerId, credentials }));
    },
  );
}
