import { useLocation } from 'react-router-dom';
import { useHash } from '../hooks/useHash';

/** For a part that is loaded after the rest of the tab: gone to when it is there and the address points at it. */
export function useLateHash(anchor: string): void {
  const { hash } = useLocation();
  useHash(hash === `#${anchor}`);
}
