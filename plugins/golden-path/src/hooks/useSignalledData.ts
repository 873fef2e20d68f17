import type { EntitySignal } from '@goldenpath/backstage-plugin-golden-path-common';
import { useEffect, useRef } from 'react';
import { useDocumentVisible } from './useDocumentVisible';
import { useEntitySignals } from './useEntitySignals';
import { type LiveData, useLiveData } from './useLiveData';

/** Where signals work, asking again is only for those that were lost. */
const SIGNALLED_PACE_MS = 30_000;

/**
 * Live data of an entity that is loaded again at once when the backend signals one of `topics`, and otherwise at the
 * pace of `useLiveData`, slower while signals work.
 *
 * @param options - as for `useLiveData`; `interval` holds until a signal has arrived
 */
export function useSignalledData<T>(options: {
  entityRef: string;
  topics: readonly EntitySignal['topic'][];
  key: string;
  load: () => Promise<T>;
  enabled?: boolean;
  interval?: number;
}): LiveData<T> {
  const { entityRef, topics, enabled = true, interval, ...rest } = options;
  const visible = useDocumentVisible();
  const reload = useRef<() => void>(() => {});
  const signalled = useEntitySignals(entityRef, topic => {
    // What is hidden is loaded when it is seen again
    if (enabled && visible && topics.includes(topic)) {
      reload.current();
    }
  });
  const live = useLiveData({
    ...rest,
    enabled,
    interval: signalled ? Math.max(interval ?? 0, SIGNALLED_PACE_MS) : interval,
  });
  useEffect(() => {
    reload.current = live.reload;
  });
  return live;
}
