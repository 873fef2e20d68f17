import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { healthQuery } from '../format/healthWindow';
import { useEntityTabHref } from '../hooks/useEntityTabHref';
import { useHealthChoice } from '../hooks/useHealthChoice';
import { useSignalledData } from '../hooks/useSignalledData';
import { useEntityUpdates } from './useEntityUpdates';
import { useFileLink } from './useFileLink';
import { useRefresh } from './useRefresh';

/** A window of one's own is worked out for each question. */
const CHOSEN_PACE_MS = 30_000;

/** What the card and the tab both show of the entity of the page. */
export function useEntityResources() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(goldenPathApiRef);
  const tabHref = useEntityTabHref(entity);
  const { choice } = useHealthChoice();

  const scorecard = useSignalledData({
    entityRef,
    topics: ['scorecard'],
    key: entityRef,
    load: () => api.getScorecard(entityRef),
  });
  const covered =
    scorecard.data !== undefined && scorecard.data.status !== 'not-applicable';
  const drift = useSignalledData({
    entityRef,
    topics: ['scorecard'],
    key: entityRef,
    load: () => api.getDrift(entityRef),
    enabled: covered,
  });
  const health = useSignalledData({
    entityRef,
    topics: ['health'],
    key: [entityRef, choice.environment, choice.days].join(' '),
    load: () => api.getHealth(entityRef, healthQuery(choice, new Date())),
    enabled: covered,
    interval: choice.days ? CHOSEN_PACE_MS : undefined,
  });
  const updates = useEntityUpdates({ entityRef, enabled: covered });
  const refresh = useRefresh({ entityRef, onQueued: scorecard.reload });
  const fileLink = useFileLink(entity);

  return {
    entity,
    entityRef,
    tabHref,
    scorecard,
    covered,
    drift,
    health,
    updates,
    refresh,
    fileLink,
  };
}
