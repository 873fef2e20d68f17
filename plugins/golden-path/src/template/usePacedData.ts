import { useEffect, useState } from 'react';
import { LiveData, useLiveData } from '../hooks/useLiveData';

const FIRST_PACE_MS = 5_000;

/**
 * Live data that is read again as often as what was read last asks for.
 *
 * @param options - `paceOf` gives milliseconds until the next reading, or `null` when nothing can change any more
 */
export function usePacedData<T>(options: {
  key: string;
  load: () => Promise<T>;
  paceOf: (data: T) => number | null;
}): LiveData<T> {
  const { key, load, paceOf } = options;
  const [pace, setPace] = useState<number | null>(FIRST_PACE_MS);
  const live = useLiveData({
    key,
    load,
    poll: pace !== null,
    interval: pace ?? undefined,
  });
  const next = live.data === undefined ? FIRST_PACE_MS : paceOf(live.data);
  useEffect(() => setPace(next), [next]);
  return live;
}
