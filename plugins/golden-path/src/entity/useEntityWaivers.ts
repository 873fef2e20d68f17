import { useApi } from '@backstage/core-plugin-api';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { useLiveData } from '../hooks/useLiveData';

const LIMIT = 100;

/** The newest exceptions of an entity, asked for and decided. */
export function useEntityWaivers(entityRef: string) {
  const api = useApi(goldenPathApiRef);
  return useLiveData({
    key: entityRef,
    load: () => api.getWaivers({ entityRef, limit: LIMIT }),
  });
}
