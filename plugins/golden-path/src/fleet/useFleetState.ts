import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { FleetState, readFleetState, writeFleetState } from './fleetState';

/** A change of the page's state. */
export type FleetChange = (
  change: Partial<FleetState>,
  options?: { replace?: boolean },
) => void;

/** The state of the fleet page, kept in its address: every change is a step that the back button takes back. */
export function useFleetState() {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => readFleetState(search), [search]);
  const change: FleetChange = useCallback(
    (part, options) =>
      setSearch(
        before => writeFleetState({ ...readFleetState(before), ...part }),
        options,
      ),
    [setSearch],
  );
  const hrefOf = useCallback(
    (part: Partial<FleetState>) => `?${writeFleetState({ ...state, ...part })}`,
    [state],
  );
  return { state, change, hrefOf };
}
