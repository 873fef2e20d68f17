import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';

function decode(hash: string) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

/** Scrolls to an element and puts the focus there, so that the keyboard goes on from it, as for a link in a plain page. */
function goTo(element: HTMLElement) {
  element.scrollIntoView?.({ block: 'start' });
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1');
    element.style.outline = 'none';
  }
  element.focus({ preventScroll: true });
}

/**
 * The id that the address points at, gone to once it is there, and again whenever its link is followed.
 *
 * @param ready - whether the content that may hold the id has been loaded
 * @param fallback - the id to go to when the address names none
 */
export function useHash(ready: boolean, fallback = ''): string {
  const { hash, key } = useLocation();
  const id = decode(hash) || fallback;
  useEffect(() => {
    const element = ready && id ? document.getElementById(id) : null;
    if (element) {
      goTo(element);
    }
  }, [ready, id, key]);
  return id;
}
