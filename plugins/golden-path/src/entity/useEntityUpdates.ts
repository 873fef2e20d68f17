import { useApi } from '@backstage/core-plugin-api';
import type { UpdatesResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { useEffect, useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { isUnderWay } from '../format/updateRequest';
import { LiveData, useLiveData } from '../hooks/useLiveData';

const PACE_MS = 30_000;
const BUSY_PACE_MS = 2_000;

/** The update requests of an entity, newest first: looked at often while one is being made, rarely otherwise. */
export function useEntityUpdates(options: {
  entityRef: string;
  enabled: boolean;
}): LiveData<UpdatesResponse> {
  const { entityRef, enabled } = options;
  const api = useApi(goldenPathApiRef);
  const [busy, setBusy] = useState(false);
  const updates = useLiveData({
    key: entityRef,
    load: () => api.getUpdates(entityRef),
    enabled,
    interval: busy ? BUSY_PACE_MS : PACE_MS,
  });
  const underWay = updates.data?.items.some(isUnderWay) ?? false;
  useEffect(() => setBusy(underWay), [underWay]);
  return updates;
}
