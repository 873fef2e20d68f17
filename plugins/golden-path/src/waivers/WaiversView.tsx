import type { WaiverStatus } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { WAIVER_STATUSES, waiverWording } from '../format/waiver';
import {
  Announcement,
  FilterSelect,
  Heading,
  Row,
  Section,
  Stack,
  Text,
} from '../ui';
import { useWaiverPages, WaiverPages } from './WaiverPages';

type Done = (sentence: string) => Promise<void>;

function EveryState(props: { onDone: Done }) {
  const pending = useWaiverPages('pending');
  const all = useWaiverPages(undefined);
  const onDone: Done = async sentence => {
    await Promise.all([pending.reload(), all.reload()]);
    await props.onDone(sentence);
  };
  return (
    <>
      <Section id="pending" title="Waiting for approval" level={3}>
        <WaiverPages
          caption="Exceptions that wait for approval"
          pages={pending}
          empty="Nothing waits for a decision."
          onDone={onDone}
        />
      </Section>
      <Section id="decided" title="Decided" level={3}>
        <WaiverPages
          caption="Decided exceptions"
          pages={all}
          keep={waiver => waiver.status !== 'pending'}
          leftOut={pending.data?.totalItems}
          empty="No exception has been decided yet. They are asked for on the Golden path tab of an entity, at the check that fails."
          onDone={onDone}
        />
      </Section>
    </>
  );
}

function OneState(props: { status: WaiverStatus; onDone: Done }) {
  const { status } = props;
  const pages = useWaiverPages(status);
  const word = waiverWording(status).label;
  const onDone: Done = async sentence => {
    await pages.reload();
    await props.onDone(sentence);
  };
  return (
    <Section id="exceptions" title={word} level={3}>
      <WaiverPages
        caption={`Exceptions: ${word.toLocaleLowerCase('en-GB')}`}
        pages={pages}
        empty="No exception is in this state. Choose All to see the others."
        onDone={onDone}
      />
    </Section>
  );
}

/** Exceptions over the fleet, those that wait for a decision first. */
export function WaiversView() {
  const [search, setSearch] = useSearchParams();
  const [result, setResult] = useState({ text: '', turn: 0 });
  const status = WAIVER_STATUSES.find(known => known === search.get('status'));
  const onDone: Done = async sentence =>
    setResult(({ turn }) => ({ text: sentence, turn: turn + 1 }));
  return (
    <Stack gap={3}>
      <Stack>
        <Heading level={2}>Exceptions</Heading>
        <Text subtle>
          An exception leaves one check out of an entity’s adjusted score until
          its day has ended. The raw score shows the check as it is.
        </Text>
      </Stack>
      <Row>
        <FilterSelect
          label="State"
          value={status ?? ''}
          options={WAIVER_STATUSES.map(value => ({
            value,
            label: waiverWording(value).label,
          }))}
          onChange={value => setSearch(value ? { status: value } : {})}
        />
      </Row>
      <Announcement text={result.text || undefined} turn={result.turn} />
      {status ? (
        <OneState key={status} status={status} onDone={onDone} />
      ) : (
        <EveryState onDone={onDone} />
      )}
    </Stack>
  );
}
