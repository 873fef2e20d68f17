import { useApi } from '@backstage/core-plugin-api';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { countText } from '../format/count';
import { useDownload } from '../hooks/useDownload';
import { ActionButton, FailureNotice, Stack } from '../ui';
import { fleetQuery, FleetState } from './fleetState';

/** Everything that matches the filters, in the order shown, as a CSV file. */
export function FleetDownload(props: {
  state: FleetState;
  /** How many rows that are, as far as it is known. */
  total: number | undefined;
}) {
  const { state, total } = props;
  const api = useApi(goldenPathApiRef);
  const { download, busy, failure } = useDownload({
    name: `golden-path-${state.path ?? 'fleet'}.csv`,
    type: 'text/csv',
    what: 'The CSV file',
    load: () => api.getScorecardsCsv(fleetQuery(state)),
  });
  const words =
    total === undefined
      ? 'Download this list as CSV'
      : `Download ${countText(total, 'row')} as CSV`;
  return (
    <Stack>
      <ActionButton
        onClick={download}
        disabled={busy || total === 0}
        title="Every row that matches the filters, not only those shown"
      >
        {busy ? 'Downloading…' : words}
      </ActionButton>
      {failure ? <FailureNotice failure={failure} onRetry={download} /> : null}
    </Stack>
  );
}
