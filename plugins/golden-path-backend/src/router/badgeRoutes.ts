import { stringifyEntityRef } from '@backstage/catalog-model';
import { goldenPathScorecardReadPermission } from '@goldenpath/backstage-plugin-golden-path-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { scorecardBadge } from '../fleet/badge';
import { ScorecardReader } from '../service/ScorecardReader';
import { parseInput } from './parseInput';
import { RequestGuard } from './RequestGuard';

const querySchema = z.object({ path: z.string().max(63).optional() });

/** @internal */
export interface BadgeRoutesOptions {
  guard: RequestGuard;
  scorecards: ScorecardReader;
  /** Whether anybody may see them. */
  publicBadges: boolean;
}

/** `/v1/badges/{kind}/{namespace}/{name}.svg`; beside the router of the specification, as it gives no JSON. @internal */
export function createBadgeRouter(options: BadgeRoutesOptions): Router {
  const { guard, scorecards, publicBadges } = options;
  const router = PromiseRouter();
  router.get(
    '/v1/badges/:kind/:namespace/:name.svg',
    async (request, response) => {
      const { path } = parseInput(querySchema, request.query);
      if (!publicBadges) {
        await guard.entity(request, goldenPathScorecardReadPermission);
      }
      const entityRef = stringifyEntityRef(request.params);
      const cards = await scorecards.scorecards(entityRef);
      const card = path
        ? cards.find(candidate => candidate.path.name === path)
        : cards[0];
      response
        .type('image/svg+xml')
        .set('cache-control', 'no-cache, max-age=0')
        .send(scorecardBadge(card));
    },
  );
  return router;
}
