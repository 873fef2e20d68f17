import { useRouteRef } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { fleetRouteRef } from '../routes';
import { FleetState, writeFleetState } from './fleetState';

/** Address of the fleet page with filters and an order. */
export function useFleetHref(): (state: Partial<FleetState>) => string {
  const base = useRouteRef(fleetRouteRef)();
  return useCallback(
    state => {
      const search = writeFleetState(state).toString();
      return search ? `${base}?${search}` : base;
    },
    [base],
  );
}
