import { useState } from 'react';
import useInterval from 'react-use/esm/useInterval';

const TICK_MS = 15_000;

/** The present, read again every so often, for what ends by itself while the page is open. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), TICK_MS);
  return now;
}
