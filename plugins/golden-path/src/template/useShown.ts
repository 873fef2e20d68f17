import { useState } from 'react';

const PAGE = 50;

/** The beginning of a long list, and what a `LoadMore` below it needs. */
export function useShown<T>(all: T[]) {
  const [wanted, setWanted] = useState(PAGE);
  const shown = Math.min(wanted, all.length);
  return {
    items: all.slice(0, wanted),
    more: {
      shown,
      total: all.length,
      more: shown < all.length,
      loading: false,
      onLoadMore: () => setWanted(wanted + PAGE),
    },
  };
}
