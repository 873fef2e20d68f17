import { useRef } from 'react';

/** The last value that was there, so that a list stays in place while another one is loaded. */
export function useLastKnown<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  if (value !== undefined) {
    last.current = value;
  }
  return last.current;
}
