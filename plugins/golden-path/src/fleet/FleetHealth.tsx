import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { windowText } from '../format/time';
import { useLastKnown } from '../hooks/useLastKnown';
import { useLiveData } from '../hooks/useLiveData';
import { Busy, LoadMore, RadioChoice, Section, Stack, Text } from '../ui';
import { FleetHealthTable } from './FleetHealthTable';
import type { FleetState } from './fleetState';
import { FLEET_INTERVAL_MS } from './useFleetRows';

const PAGE = 10;
const CHOICES = [
  { value: 'owner' as const, label: 'Owner' },
  { value: 'system' as const, label: 'System' },
];

/** Delivery health of each owner or system, pooled over its entities. */
export function FleetHealth(props: {
  hrefOf: (state: Partial<FleetState>) => string;
}) {
  const { hrefOf } = props;
  const api = useApi(goldenPathApiRef);
  const [groupBy, setGroupBy] = useState<'owner' | 'system'>('owner');
  const [shown, setShown] = useState(PAGE);
  const live = useLiveData({
    key: groupBy,
    interval: FLEET_INTERVAL_MS,
    load: async () => ({
      groupBy,
      ...(await api.getHealthRollup({ groupBy })),
    }),
  });
  const last = useLastKnown(live.data);
  const data = live.error ? live.data : last;
  return (
    <Section
      id="health"
      title="Delivery health"
      level={3}
      actions={
        <RadioChoice
          label="Delivery health by"
          hideLabel
          value={groupBy}
          options={CHOICES}
          onChange={setGroupBy}
        />
      }
    >
      <Busy busy={live.loading && data !== undefined} minHeight={100}>
        {live.loading && data ? null : (
          <LiveNotice live={live} what="Delivery health by group" />
        )}
        {data && data.groups.length === 0 ? (
          <Text>No entity is known to pool anything over yet.</Text>
        ) : null}
        {data && data.groups.length > 0 ? (
          <Stack>
            <Text subtle>
              {data.environment}, {windowText(data.window)}. Deployments,
              failures and durations of all entities of a group are counted
              together; no averages of averages.
            </Text>
            <FleetHealthTable
              groupBy={data.groupBy}
              groups={data.groups.slice(0, shown)}
              hrefOf={hrefOf}
            />
            {data.groups.length > PAGE ? (
              <LoadMore
                shown={Math.min(shown, data.groups.length)}
                total={data.groups.length}
                what={data.groupBy === 'owner' ? 'owners' : 'systems'}
                more={shown < data.groups.length}
                loading={false}
                onLoadMore={() => setShown(shown + PAGE)}
              />
            ) : null}
          </Stack>
        ) : null}
      </Busy>
    </Section>
  );
}
