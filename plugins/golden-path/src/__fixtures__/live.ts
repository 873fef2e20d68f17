import type { LiveData } from '../hooks/useLiveData';

/** A resource that is there. */
export function liveFixture<T>(data: T): LiveData<T> {
  return { data, error: undefined, loading: false, reload: async () => {} };
}
