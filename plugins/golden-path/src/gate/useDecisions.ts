import { useApi } from '@backstage/core-plugin-api';
import type { DecisionsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { GateVerdict } from '@goldenpath/engine';
import { useRef, useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { type LiveData, useLiveData } from '../hooks/useLiveData';
import { useSignalledData } from '../hooks/useSignalledData';

const PAGE_SIZE = 20;
const PACE_MS = 15_000;

/** Decisions, page by page; those loaded so far are kept fresh together. */
export interface Decisions extends LiveData<DecisionsResponse> {
  loadMore: () => Promise<void>;
  loadingMore: boolean;
}

/** Reads as many pages as were asked for. */
function useGrowingLoad(query: { entityRef?: string; verdict?: GateVerdict }) {
  const api = useApi(goldenPathApiRef);
  const key = [query.entityRef, query.verdict].join(' ');
  const wanted = useRef({ key, pages: 1 });
  if (wanted.current.key !== key) {
    wanted.current = { key, pages: 1 };
  }
  const load = async (): Promise<DecisionsResponse> => {
    const items: DecisionsResponse['items'] = [];
    let cursor: string | undefined;
    for (let page = 0; page < wanted.current.pages; page += 1) {
      const next = await api.getDecisions({
        ...query,
        limit: PAGE_SIZE,
        cursor,
      });
      items.push(...next.items);
      cursor = next.nextCursor;
      if (cursor === undefined) {
        break;
      }
    }
    return { items, nextCursor: cursor };
  };
  const more = () => {
    wanted.current.pages += 1;
  };
  return { key, load, more };
}

function useMore(
  live: LiveData<DecisionsResponse>,
  more: () => void,
): Decisions {
  const [loadingMore, setLoadingMore] = useState(false);
  const loadMore = async () => {
    more();
    setLoadingMore(true);
    await live.reload();
    setLoadingMore(false);
  };
  return { ...live, loadMore, loadingMore };
}

/** What the gate said of one entity, newest first, loaded again when the backend signals another decision. */
export function useEntityDecisions(entityRef: string): Decisions {
  const { key, load, more } = useGrowingLoad({ entityRef });
  const live = useSignalledData({
    entityRef,
    topics: ['gate'],
    key,
    load,
    interval: PACE_MS,
  });
  return useMore(live, more);
}

/** What the gate said of every entity that the viewer may see, or of some, newest first. */
export function useAllDecisions(
  filter: { entityRef?: string; verdict?: GateVerdict },
  enabled = true,
): Decisions {
  const { key, load, more } = useGrowingLoad(filter);
  const live = useLiveData({ key, load, enabled, interval: PACE_MS });
  return useMore(live, more);
}
