import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';

function decode(hash: string) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

/**
 * The id that the address points at, brought into view once it is there.
 *
 * @param ready - whether the content that may hold the id has been loaded
 */
export function useHash(ready: boolean): string {
  const { hash } = useLocation();
  const id = decode(hash);
  useEffect(() => {
    if (ready && id) {
      document.getElementById(id)?.scrollIntoView?.({ block: 'start' });
    }
  }, [ready, id]);
  return id;
}
