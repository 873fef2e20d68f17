import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Parameters of the address to set; an empty one is taken out. */
export type AddressChange = Record<string, string>;

function changed(search: URLSearchParams, change: AddressChange) {
  const after = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === '') {
      after.delete(name);
    } else {
      after.set(name, value);
    }
  }
  return after;
}

/** What the tab shows, kept in the query of its address, so that it can be sent to somebody. */
export function useAddress() {
  const [search, setSearch] = useSearchParams();
  const read = (name: string) => search.get(name) ?? '';
  const change = useCallback(
    (what: AddressChange) =>
      setSearch(before => changed(before, what), { replace: true }),
    [setSearch],
  );
  const href = (what: AddressChange, anchor: string) =>
    `?${changed(search, what)}#${anchor}`;
  return { read, change, href };
}

/** Reads and changes the address; handed to the parts of the tab. */
export type Address = ReturnType<typeof useAddress>;
