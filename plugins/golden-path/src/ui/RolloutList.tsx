import type { RolloutsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { ReactNode } from 'react';
import { rolloutWording } from '../format/rollout';
import { DataTable } from './DataTable';
import { RelativeTime } from './RelativeTime';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Text } from './text';

type Listed = RolloutsResponse['items'][number];

function total(rollout: Listed, key: 'services' | 'merged' | 'failed') {
  return rollout.waves.reduce((sum, wave) => sum + wave[key], 0);
}

function progressText(rollout: Listed): string {
  const failed = total(rollout, 'failed');
  const done = rollout.waves.filter(({ status }) => status === 'done').length;
  return [
    `${total(rollout, 'merged')} of ${total(rollout, 'services')} merged`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    `${done} of ${rollout.waves.length} waves done`,
  ].join(', ');
}

/** The roll-outs of a template; each leads to its details. */
export function RolloutList(props: {
  rollouts: Listed[];
  /** The one whose details are shown. */
  chosen: string | undefined;
  hrefOf: (id: string) => string;
  entityLink: (entityRef: string) => ReactNode;
}) {
  const { rollouts, chosen, hrefOf, entityLink } = props;
  return (
    <DataTable
      caption="Roll-outs"
      rows={rollouts}
      idOf={({ id }) => `rollout-${id}`}
      openId={chosen ? `rollout-${chosen}` : undefined}
      columns={[
        {
          title: 'Version',
          render: ({ id, version }) => (
            <SafeLink to={hrefOf(id)} label={`Roll-out of ${version}`}>
              {version}
            </SafeLink>
          ),
        },
        {
          title: 'State',
          width: 140,
          render: ({ status }) => {
            const { label, tone, meaning } = rolloutWording(status);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Progress',
          prose: true,
          render: rollout => (
            <>
              {progressText(rollout)}
              {rollout.reason ? (
                <Text variant="small" subtle>
                  {rollout.reason}
                </Text>
              ) : null}
            </>
          ),
        },
        {
          title: 'Started',
          width: 160,
          render: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
        { title: 'By', render: ({ createdBy }) => entityLink(createdBy) },
      ]}
    />
  );
}
