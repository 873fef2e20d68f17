import { useApi } from '@backstage/core-plugin-api';
import type { ScorecardRow } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { useLastKnown } from '../hooks/useLastKnown';
import { usePages } from '../hooks/usePages';
import { fleetQuery, FleetState } from './fleetState';

const PAGE_SIZE = 50;

/** How often the fleet is read again: it is dear to read and changes slowly. */
export const FLEET_INTERVAL_MS = 30_000;

/** The rows of the fleet that match, page by page. The rows before stay until the next ones are there. */
export function useFleetRows(state: FleetState) {
  const api = useApi(goldenPathApiRef);
  const query = fleetQuery(state);
  const pages = usePages<ScorecardRow>({
    key: JSON.stringify(query),
    interval: FLEET_INTERVAL_MS,
    loadPage: cursor =>
      api.getScorecards({ ...query, limit: PAGE_SIZE, cursor }),
  });
  const shown = useLastKnown(pages.data);
  return { ...pages, shown, busy: pages.loading && shown !== undefined };
}
