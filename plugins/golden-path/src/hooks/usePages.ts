import { useRef, useState } from 'react';
import { useLiveData } from './useLiveData';

/** One page of a list, with the cursor of the next one. */
export interface CursorPage<T> {
  items: T[];
  totalItems: number;
  nextCursor?: string;
}

/**
 * A list that is paged by cursor and grows with `loadMore`. All pages asked for so far are kept fresh together.
 */
export function usePages<T>(options: {
  key: string;
  loadPage: (cursor: string | undefined) => Promise<CursorPage<T>>;
  /** Milliseconds between two readings. */
  interval?: number;
}) {
  const { key, loadPage, interval } = options;
  const wanted = useRef({ key, pages: 1 });
  if (wanted.current.key !== key) {
    wanted.current = { key, pages: 1 };
  }
  const [loadingMore, setLoadingMore] = useState(false);

  const live = useLiveData<CursorPage<T>>({
    key,
    interval,
    load: async () => {
      let all = await loadPage(undefined);
      for (let page = 1; page < wanted.current.pages; page += 1) {
        if (!all.nextCursor) {
          break;
        }
        const next = await loadPage(all.nextCursor);
        all = { ...next, items: [...all.items, ...next.items] };
      }
      return all;
    },
  });

  const loadMore = async () => {
    wanted.current.pages += 1;
    setLoadingMore(true);
    await live.reload();
    setLoadingMore(false);
  };

  return { ...live, loadMore, loadingMore };
}
