import { useApi } from '@backstage/core-plugin-api';
import type { EventsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import type { LiveData } from '../hooks/useLiveData';
import { useSignalledData } from '../hooks/useSignalledData';

/** Seldom asked: only what is new of a silent entity is of interest. */
const PACE_MS = 60_000;

/** The newest delivery event of an entity, if there is one and the viewer may see it. */
export function useLatestEvent(options: {
  entityRef: string;
  enabled: boolean;
}): LiveData<EventsResponse> {
  const { entityRef, enabled } = options;
  const api = useApi(goldenPathApiRef);
  return useSignalledData({
    entityRef,
    topics: ['health'],
    key: entityRef,
    load: () => api.getEvents(entityRef, { limit: 1 }),
    enabled,
    interval: PACE_MS,
  });
}
