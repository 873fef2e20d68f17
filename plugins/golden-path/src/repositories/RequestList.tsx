import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import type { ChangeRequestStatus } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { localGitApiRef } from '../api/localGitApi';
import { LiveNotice } from '../components/LiveNotice';
import { REQUEST_STATES, requestStateWording } from '../format/changeRequest';
import { useLiveData } from '../hooks/useLiveData';
import { changeRequestRouteRef } from '../routes';
import {
  Code,
  DataTable,
  FilterSelect,
  RelativeTime,
  Row,
  SafeLink,
  Stack,
  Text,
} from '../ui';
import { describeHostFailure } from './hostFailure';
import { RequestActor } from './RequestActor';
import { RequestChips } from './RequestChips';

/** The change requests of a repository, the open ones first. */
export function RequestList(props: { name: string }) {
  const { name } = props;
  const api = useApi(localGitApiRef);
  const requestHref = useRouteRef(changeRequestRouteRef);
  const [state, setState] = useState<ChangeRequestStatus | undefined>('open');
  const live = useLiveData({
    key: `${name} ${state ?? ''}`,
    load: () => api.getChangeRequests(name, { state }),
  });
  const counts = live.data?.counts;
  const items = live.data?.items;
  const none = counts && counts.open + counts.merged + counts.closed === 0;
  if (none) {
    return (
      <Text>
        No change has been proposed yet. Updates of the golden path template
        appear here, to be looked at and merged.
      </Text>
    );
  }
  return (
    <Stack gap={1}>
      <Row>
        <FilterSelect
          label="State"
          value={state ?? ''}
          options={REQUEST_STATES.map(value => ({
            value,
            label: `${requestStateWording(value).label}${
              counts ? ` (${counts[value]})` : ''
            }`,
          }))}
          onChange={value =>
            setState(REQUEST_STATES.find(known => known === value))
          }
        />
      </Row>
      <LiveNotice
        live={live}
        what="The change requests"
        describe={describeHostFailure}
      />
      {items?.length === 0 ? (
        <Text>
          None is {state ?? 'there'}. Choose All to see what became of others.
        </Text>
      ) : null}
      {items && items.length > 0 ? (
        <DataTable
          caption="Change requests, newest first"
          rows={items}
          idOf={request => `request-${request.number}`}
          columns={[
            {
              title: 'Change request',
              render: request => (
                <SafeLink
                  to={requestHref({ name, number: String(request.number) })}
                >
                  {request.title}
                </SafeLink>
              ),
            },
            {
              title: 'State',
              render: request => <RequestChips request={request} />,
            },
            {
              title: 'Branch',
              render: request => <Code>{request.sourceBranch}</Code>,
            },
            {
              title: 'By',
              render: request => <RequestActor name={request.createdBy} />,
            },
            {
              title: 'Opened',
              render: request => <RelativeTime at={request.createdAt} />,
            },
          ]}
        />
      ) : null}
    </Stack>
  );
}
