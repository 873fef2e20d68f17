import { useApi } from '@backstage/core-plugin-api';
import type { GateAccuracy } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { gateWording } from '../format/gate';
import { precisionText, rateText, recallText } from '../format/gateAccuracy';
import { windowText } from '../format/time';
import { useLastKnown } from '../hooks/useLastKnown';
import { useLiveData } from '../hooks/useLiveData';
import {
  BigNumber,
  Busy,
  DataTable,
  Heading,
  Section,
  Stack,
  StatusChip,
  Text,
  Tiles,
} from '../ui';

const PACE_MS = 30_000;

type Outcome = GateAccuracy['outcomes'][number];

/** The gate judged by what happened after it had spoken. */
export function AccuracySection(props: {
  entityRef: string | undefined;
  days: number;
}) {
  const { entityRef, days } = props;
  const api = useApi(goldenPathApiRef);
  const live = useLiveData({
    key: `${entityRef} ${days}`,
    load: () => api.getGateAccuracy({ entityRef, days }),
    interval: PACE_MS,
  });
  const last = useLastKnown(live.data);
  const shown = live.error ? live.data : last;
  return (
    <Section id="accuracy" title="Was it right?" level={3}>
      <Busy busy={live.loading && shown !== undefined} minHeight={150}>
        {live.loading && shown ? null : (
          <LiveNotice live={live} what="What became of the decisions" />
        )}
        {shown ? <Accuracy accuracy={shown} /> : null}
      </Busy>
    </Section>
  );
}

function Accuracy(props: { accuracy: GateAccuracy }) {
  const { accuracy } = props;
  const { window, decisions, overridden, exempted, outcomes } = accuracy;
  if (decisions === 0) {
    return (
      <Text>
        The gate decided nothing from {windowText(window)}: there is nothing to
        judge it by.
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      <Text subtle>{windowText(window)}</Text>
      <Tiles minWidth={130}>
        <BigNumber value={decisions} what="Decisions" />
        <BigNumber value={overridden} what="Overridden by a person" />
        <BigNumber value={exempted} what="Rollbacks and fixes, let pass" />
      </Tiles>
      <Tiles minWidth={320}>
        <Rate
          title="When it warns, is it right?"
          name="Precision"
          value={rateText(accuracy.precision)}
          words={precisionText(accuracy.precision)}
        />
        <Rate
          title="Does it see failures coming?"
          name="Recall"
          value={rateText(accuracy.recall)}
          words={recallText(accuracy.recall)}
        />
      </Tiles>
      <Text subtle>
        What a block prevented did not happen and cannot be counted: both speak
        of deployments that went ahead. Each counts once, by the last decision
        on it. Rollbacks and fixes count in neither.
      </Text>
      <DataTable
        caption="What became of deployments, by verdict"
        rows={outcomes}
        idOf={({ verdict }) => `outcomes-${verdict}`}
        columns={[
          {
            title: 'Verdict',
            render: ({ verdict }) => <StatusChip {...gateWording(verdict)} />,
          },
          number('Failed', 'failed'),
          number('No failure seen', 'succeeded'),
          number('Not deployed', 'notDeployed'),
          number('Too early to tell', 'pending'),
        ]}
      />
    </Stack>
  );
}

function number(title: string, key: Exclude<keyof Outcome, 'verdict'>) {
  return { title, numeric: true, render: (row: Outcome) => row[key] };
}

function Rate(props: {
  title: string;
  name: string;
  value: string;
  words: string;
}) {
  const { title, name, value, words } = props;
  return (
    <Stack gap={0.5}>
      <Heading level={4}>{title}</Heading>
      <BigNumber value={value} what={name} />
      <Text>{words}</Text>
    </Stack>
  );
}
