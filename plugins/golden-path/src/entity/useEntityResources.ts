import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { useEntityTabHref } from '../hooks/useEntityTabHref';
import { useLiveData } from '../hooks/useLiveData';
import { useEntityUpdates } from './useEntityUpdates';
import { useFileLink } from './useFileLink';
import { useRefresh } from './useRefresh';

/** What the card and the tab both show of the entity of the page. */
export function useEntityResources() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(goldenPathApiRef);
  const tabHref = useEntityTabHref(entity);

  const scorecard = useLiveData({
    key: entityRef,
    load: () => api.getScorecard(entityRef),
  });
  const covered =
    scorecard.data !== undefined && scorecard.data.status !== 'not-applicable';
  const drift = useLiveData({
    key: entityRef,
    load: () => api.getDrift(entityRef),
    enabled: covered,
  });
  const health = useLiveData({
    key: entityRef,
    load: () => api.getHealth(entityRef),
    enabled: covered,
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
