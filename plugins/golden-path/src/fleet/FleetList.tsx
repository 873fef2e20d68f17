import { Row, Stack } from '../ui';
import { FleetDownload } from './FleetDownload';
import { FleetRows } from './FleetRows';
import type { FleetState } from './fleetState';
import { useFleetRows } from './useFleetRows';
import type { FleetChange } from './useFleetState';

/** The fleet as one list, with its download. */
export function FleetList(props: {
  state: FleetState;
  manyPaths: boolean;
  change: FleetChange;
  clearHref: string;
}) {
  const { state, manyPaths, change, clearHref } = props;
  const rows = useFleetRows(state);
  return (
    <Stack gap={2}>
      <FleetRows
        caption="Entities"
        state={state}
        rows={rows}
        manyPaths={manyPaths}
        change={change}
        clearHref={clearHref}
      />
      <Row>
        <FleetDownload state={state} total={rows.data?.totalItems} />
      </Row>
    </Stack>
  );
}
