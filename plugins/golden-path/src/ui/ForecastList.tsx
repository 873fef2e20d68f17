import type { ForecastsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { ReactNode } from 'react';
import { forecastCountsText, forecastWording } from '../format/forecast';
import { DataTable } from './DataTable';
import { RelativeTime } from './RelativeTime';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Text } from './text';

/** The dry runs of a template; each leads to its result. */
export function ForecastList(props: {
  forecasts: ForecastsResponse['items'];
  /** The one whose result is shown. */
  chosen: string | undefined;
  hrefOf: (id: string) => string;
  entityLink: (entityRef: string) => ReactNode;
}) {
  const { forecasts, chosen, hrefOf, entityLink } = props;
  return (
    <DataTable
      caption="Dry runs"
      rows={forecasts}
      idOf={({ id }) => `dry-run-${id}`}
      openId={chosen ? `dry-run-${chosen}` : undefined}
      columns={[
        {
          title: 'Version',
          render: ({ id, version, url }) => (
            <>
              <SafeLink to={hrefOf(id)}>{version ?? 'Not read yet'}</SafeLink>
              <Text variant="small" subtle>
                {url ?? 'from the catalog'}
              </Text>
            </>
          ),
        },
        {
          title: 'State',
          width: 120,
          render: ({ status }) => {
            const { label, tone, meaning } = forecastWording(status);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Result',
          prose: true,
          render: ({ status, counts, problem, done, total }) =>
            status === 'running'
              ? `${done} of ${total} tried`
              : problem ?? (forecastCountsText(counts) || 'no service'),
        },
        {
          title: 'Started',
          width: 160,
          render: ({ startedAt }) => <RelativeTime at={startedAt} />,
        },
        { title: 'By', render: ({ startedBy }) => entityLink(startedBy) },
      ]}
    />
  );
}
