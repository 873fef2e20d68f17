import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { readHealthChoice, writeHealthChoice } from '../format/healthWindow';

/** Window and environment of the health tab, kept in the address. */
export function useHealthChoice() {
  const [search, setSearch] = useSearchParams();
  const choice = useMemo(() => readHealthChoice(search), [search]);
  const choose = useCallback(
    (change: { environment?: string; window?: string }) =>
      setSearch(before => writeHealthChoice(before, change)),
    [setSearch],
  );
  return { choice, choose };
}
