import type { RolloutItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { entityName } from '../format/entityName';
import { itemWording } from '../format/rollout';
import { DataTable } from './DataTable';
import { RelativeTime } from './RelativeTime';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Text } from './text';
import { UpdateStatus } from './UpdateStatus';

/** The services of a roll-out and how far each is; a name leads to the service's drift. */
export function RolloutTable(props: {
  items: RolloutItem[];
  waveName: (wave: number) => string;
  driftHref: (entityRef: string) => string;
}) {
  const { items, waveName, driftHref } = props;
  return (
    <DataTable
      caption="Services of the roll-out"
      rows={items}
      idOf={({ entityRef, layer }) => `rollout-${entityRef}-${layer}`}
      columns={[
        {
          title: 'Service',
          render: ({ entityRef, layer }) => (
            <>
              <SafeLink to={driftHref(entityRef)}>
                {entityName(entityRef)}
              </SafeLink>
              <Text variant="small" subtle>
                layer {layer}
              </Text>
            </>
          ),
        },
        { title: 'Wave', render: ({ wave }) => waveName(wave) },
        {
          title: 'State',
          prose: true,
          render: ({ state, update }) => {
            if (update) {
              return <UpdateStatus update={update} brief />;
            }
            const { label, tone, meaning } = itemWording(state);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Changed',
          width: 140,
          render: ({ update }) =>
            update ? <RelativeTime at={update.updatedAt} /> : '–',
        },
      ]}
    />
  );
}
