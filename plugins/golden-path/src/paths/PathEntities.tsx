import { useApi } from '@backstage/core-plugin-api';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { FleetSummary } from '../fleet/FleetSummary';
import { useFleetHref } from '../fleet/useFleetHref';
import { useLiveData } from '../hooks/useLiveData';
import { Busy, Row, SafeLink, Stack, Text } from '../ui';

const INTERVAL_MS = 30_000;

/** How the entities of a path stand at a glance; the list is the fleet's. */
export function PathEntities(props: { path: string; levels: string[] }) {
  const { path, levels } = props;
  const api = useApi(goldenPathApiRef);
  const fleetHref = useFleetHref();
  const live = useLiveData({
    key: path,
    interval: INTERVAL_MS,
    load: () => api.getSummary({ groupBy: 'owner', path }),
  });
  const total = live.data?.total;
  return (
    <Busy busy={false} minHeight={150}>
      <Stack gap={2}>
        <LiveNotice live={live} what="The entities of this path" />
        {total?.scorecards === 0 ? (
          <Text>
            No entity is scored by this path yet. New entities appear within a
            minute of their registration when the path applies to them.
          </Text>
        ) : null}
        {total && total.scorecards > 0 ? (
          <>
            <FleetSummary
              total={total}
              levels={levels}
              hrefOf={state => fleetHref({ ...state, path })}
            />
            <Row>
              <SafeLink to={fleetHref({ path })}>
                See all {total.scorecards} in the fleet
              </SafeLink>
              <SafeLink to={fleetHref({ path, groupBy: 'owner' })}>
                By owner
              </SafeLink>
            </Row>
          </>
        ) : null}
      </Stack>
    </Busy>
  );
}
