import { useApi } from '@backstage/core-plugin-api';
import type {
  HealthResponse,
  TimelineItem,
  TimelineResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { healthQuery } from '../format/healthWindow';
import { laneTitle, TIMELINE_KINDS } from '../format/timeline';
import { useHealthChoice } from '../hooks/useHealthChoice';
import { useSignalledData } from '../hooks/useSignalledData';
import {
  ActionButton,
  Disclosure,
  FilterSelect,
  Row,
  Section,
  Stack,
  Text,
  TimelineLanes,
} from '../ui';
import { RELEASES_ANCHOR } from './healthAnchors';
import { TimelineEntry, TimelineSummary } from './TimelineEntry';

const PAGE = 30;
const PACE_MS = 30_000;

/** Releases on a time line with incidents, findings, flags and what the gate said. */
export function ReleaseTimeline(props: { health: HealthResponse }) {
  const { entityRef } = props.health;
  const api = useApi(goldenPathApiRef);
  const { choice } = useHealthChoice();
  const [only, setOnly] = useState('');
  const timeline = useSignalledData({
    entityRef,
    topics: ['health', 'gate'],
    key: [entityRef, choice.environment, choice.days].join(' '),
    load: () => api.getTimeline(entityRef, healthQuery(choice, new Date())),
    interval: PACE_MS,
  });
  const { data } = timeline;
  return (
    <Section
      id={RELEASES_ANCHOR}
      title="Releases"
      level={3}
      actions={
        data && data.items.length > 0 ? (
          <FilterSelect
            label="Show"
            allLabel="Everything"
            value={only}
            options={TIMELINE_KINDS.map(kind => ({
              value: kind,
              label: laneTitle(kind),
            }))}
            onChange={setOnly}
          />
        ) : undefined
      }
    >
      <LiveNotice live={timeline} what="The time line" />
      {data ? (
        <TimelineView
          key={`${data.environment} ${choice.days}`}
          timeline={data}
          only={only}
        />
      ) : null}
    </Section>
  );
}

function TimelineView(props: { timeline: TimelineResponse; only: string }) {
  const { timeline, only } = props;
  const { entityRef, items } = timeline;
  const [chosen, setChosen] = useState<string>();
  if (items.length === 0) {
    return (
      <Text subtle>
        Nothing is reported for this window: no release, no incident, no scan
        and no flag.
      </Text>
    );
  }
  const kinds = TIMELINE_KINDS.filter(kind => !only || kind === only);
  const shown = items.filter(item => kinds.includes(item.kind));
  const open = items.find(item => item.id === chosen);
  return (
    <Stack gap={1}>
      <TimelineLanes
        window={timeline.window}
        kinds={kinds}
        items={shown}
        chosen={chosen}
        onChoose={id => setChosen(id === chosen ? undefined : id)}
      />
      {open ? (
        <section aria-label={`Chosen: ${open.title}`}>
          <TimelineEntry
            key={open.id}
            entityRef={entityRef}
            item={open}
            items={items}
            onChoose={setChosen}
            titled
          />
        </section>
      ) : (
        <Text subtle variant="small">
          Choose a mark to see what happened and its events. Dashed lines lead
          from a release to the incidents put down to it.
        </Text>
      )}
      <Disclosure
        summary={<Text inline>The same as a list, newest first</Text>}
      >
        <TimelineList
          entityRef={entityRef}
          shown={[...shown].reverse()}
          items={items}
        />
      </Disclosure>
    </Stack>
  );
}

function TimelineList(props: {
  entityRef: string;
  shown: TimelineItem[];
  items: TimelineItem[];
}) {
  const { entityRef, shown, items } = props;
  const [most, setMost] = useState(PAGE);
  return (
    <Stack gap={0.5}>
      {shown.slice(0, most).map(item => (
        <Disclosure key={item.id} summary={<TimelineSummary item={item} />}>
          <TimelineEntry entityRef={entityRef} item={item} items={items} />
        </Disclosure>
      ))}
      {most < shown.length ? (
        <Row>
          <ActionButton onClick={() => setMost(most + PAGE)}>
            Show more
          </ActionButton>
        </Row>
      ) : null}
    </Stack>
  );
}
