import type { UpdateRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { entityName } from '../format/entityName';
import {
  draftText,
  updateChecksWording,
  updateStateWording,
  updateTitle,
} from '../format/updateRequest';
import { DataTable } from './DataTable';
import { RelativeTime } from './RelativeTime';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';

/** Update requests, with how each stands. */
export function UpdateRequests(props: {
  caption: string;
  updates: UpdateRequest[];
}) {
  return (
    <DataTable
      caption={props.caption}
      rows={props.updates}
      idOf={update => `update-${update.id}`}
      columns={[
        {
          title: 'Request',
          render: update => (
            <SafeLink to={update.url ?? undefined}>
              {updateTitle(update)}
            </SafeLink>
          ),
        },
        {
          title: 'State',
          width: 160,
          render: update => {
            const { label, tone, meaning } = updateStateWording(update);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Pipeline',
          width: 150,
          render: update => {
            const { label, tone, meaning } = updateChecksWording(update.checks);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Asked for',
          width: 200,
          render: update => (
            <>
              <RelativeTime at={update.createdAt} />
              {` by ${
                update.rolloutId ? 'a roll-out' : entityName(update.createdBy)
              }`}
            </>
          ),
        },
        {
          title: 'Note',
          prose: true,
          render: update => update.problem ?? draftText(update) ?? '',
        },
      ]}
    />
  );
}
