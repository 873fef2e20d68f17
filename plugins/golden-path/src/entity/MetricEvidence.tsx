import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { useLiveData } from '../hooks/useLiveData';
import { ActionButton, EventList, Row, Stack, Text } from '../ui';
import { LiveNotice } from '../components/LiveNotice';

const PAGE = 20;

/** The events behind a number, fetched by their ids, some at a time so that the address stays short. */
export function MetricEvidence(props: { entityRef: string; ids: string[] }) {
  const { entityRef, ids } = props;
  const [shown, setShown] = useState(PAGE);
  const wanted = ids.slice(0, shown);
  return (
    <Stack gap={0.5}>
      {Array.from({ length: Math.ceil(wanted.length / PAGE) }, (_, page) => (
        <EvidencePage
          key={page}
          entityRef={entityRef}
          ids={wanted.slice(page * PAGE, (page + 1) * PAGE)}
        />
      ))}
      {shown < ids.length ? (
        <Row>
          <ActionButton onClick={() => setShown(shown + PAGE)}>
            Show more
          </ActionButton>
        </Row>
      ) : null}
    </Stack>
  );
}

function EvidencePage(props: { entityRef: string; ids: string[] }) {
  const { entityRef, ids } = props;
  const api = useApi(goldenPathApiRef);
  const events = useLiveData({
    key: `${entityRef} ${ids.join(',')}`,
    load: () => api.getEvents(entityRef, { ids }),
    poll: false,
  });
  const known = new Set(events.data?.items.map(event => event.id));
  const lost = ids.filter(id => !known.has(id)).length;
  return (
    <>
      <LiveNotice live={events} what="The events" />
      {events.data ? <EventList events={events.data.items} /> : null}
      {events.data && lost > 0 ? (
        <Text subtle>
          {lost === 1 ? '1 event is' : `${lost} events are`} no longer stored.
        </Text>
      ) : null}
    </>
  );
}
