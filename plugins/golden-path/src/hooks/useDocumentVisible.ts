import { useEffect, useState } from 'react';

function isVisible() {
  return document.visibilityState !== 'hidden';
}

/** Whether anybody can see the page: false in a hidden browser tab. */
export function useDocumentVisible(): boolean {
  const [visible, setVisible] = useState(isVisible);
  useEffect(() => {
    const update = () => setVisible(isVisible());
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return visible;
}
