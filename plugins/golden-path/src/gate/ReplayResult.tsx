import { useRouteRef } from '@backstage/core-plugin-api';
import type { GateReplay } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { gateWording } from '../format/gate';
import { resultWording } from '../format/gateDecision';
import { fullTime, windowText } from '../format/time';
import { decisionRouteRef } from '../routes';
import { EntityName } from '../template/EntityName';
import { DataTable, LoadMore, SafeLink, Stack, StatusChip, Text } from '../ui';

const PAGE = 20;

const COUNTS = [
  {
    key: 'stoppedFailures',
    title: 'Failures stopped',
    better: 'more',
  },
  {
    key: 'missedFailures',
    title: 'Failures let through',
    better: 'fewer',
  },
  {
    key: 'stoppedSuccesses',
    title: 'Good releases stopped',
    better: 'fewer',
  },
] as const;

type Count = (typeof COUNTS)[number];

function differenceText({ key, better }: Count, replay: GateReplay): string {
  const difference = replay.after[key] - replay.before[key];
  if (difference === 0) {
    return 'the same';
  }
  const way = difference > 0 ? 'more' : 'fewer';
  return `${Math.abs(difference)} ${way}, ${
    way === better ? 'better' : 'worse'
  }`;
}

/** What another policy would have decided: the counts now and with it, and every decision that would have been another. */
export function ReplayResult(props: { replay: GateReplay }) {
  const { replay } = props;
  const { changed, decisions, window, note } = replay;
  if (decisions === 0) {
    return (
      <Text>
        No decision of {windowText(window)} can be decided again: there is
        nothing to compare.
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      <DataTable
        caption="Deployments that went ahead, now and with the change"
        rows={[...COUNTS]}
        idOf={({ key }) => `replay-${key}`}
        columns={[
          { title: 'Deployments', render: ({ title }) => title },
          {
            title: 'Now',
            numeric: true,
            render: ({ key }) => replay.before[key],
          },
          {
            title: 'With the change',
            numeric: true,
            render: ({ key }) => replay.after[key],
          },
          {
            title: 'Difference',
            render: count => differenceText(count, replay),
          },
        ]}
      />
      <Changed changed={changed} />
      <Text subtle>
        {windowText(window)}
        {note ? `; ${note}` : ''}.
      </Text>
    </Stack>
  );
}

function Changed(props: { changed: GateReplay['changed'] }) {
  const { changed } = props;
  const decisionHref = useRouteRef(decisionRouteRef);
  const [shown, setShown] = useState(PAGE);
  return changed.length === 0 ? (
    <Text>Every decision would have been the same.</Text>
  ) : (
    <Stack>
      <DataTable
        caption="Decisions that would have been others"
        rows={changed.slice(0, shown)}
        idOf={({ decisionId }) => `replayed-${decisionId}`}
        columns={[
          {
            title: 'Decision',
            render: ({ decisionId, at, entityRef }) => (
              <SafeLink
                to={decisionHref({ id: decisionId })}
                label={`Decision of ${fullTime(at)} on ${entityRef}`}
              >
                {fullTime(at)}
              </SafeLink>
            ),
          },
          {
            title: 'Entity',
            render: ({ entityRef }) => <EntityName of={entityRef} />,
          },
          {
            title: 'Now',
            render: ({ before }) => <StatusChip {...gateWording(before)} />,
          },
          {
            title: 'With the change',
            render: ({ after }) => <StatusChip {...gateWording(after)} />,
          },
          {
            title: 'What makes the difference',
            prose: true,
            render: ({ reason }) => reason,
          },
          {
            title: 'What became of it',
            render: ({ result }) => resultWording(result).label,
          },
        ]}
      />
      <LoadMore
        shown={Math.min(shown, changed.length)}
        total={changed.length}
        what="that would have been others"
        more={shown < changed.length}
        loading={false}
        onLoadMore={() => setShown(shown + PAGE)}
      />
    </Stack>
  );
}
