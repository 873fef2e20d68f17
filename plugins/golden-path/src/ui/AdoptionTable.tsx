import type { Adopter } from '@goldenpath/backstage-plugin-golden-path-common';
import type { ReactNode } from 'react';
import { countText } from '../format/count';
import { shareText } from '../format/share';
import { DataTable } from './DataTable';
import type { TableSort } from './DataTableHead';
import { Row } from './layout';
import { RelativeTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';
import { UpdateStatus } from './UpdateStatus';

function Standing(props: {
  adopter: Adopter;
  newestKnown: boolean;
  driftHref: string;
}) {
  const { adopter, newestKnown, driftHref } = props;
  const { upToDate, drifted, conflicts } = adopter;
  const version = upToDate
    ? ({ tone: 'good', label: 'Up to date' } as const)
    : ({ tone: 'warn', label: 'Behind' } as const);
  return (
    <Row gap={0.5}>
      {newestKnown ? (
        <StatusChip {...version} />
      ) : (
        <StatusChip
          tone="unsure"
          label="Unknown"
          meaning="The newest version could not be read."
        />
      )}
      {conflicts === null ? (
        <StatusChip
          tone="unsure"
          label="Conflicts unknown"
          meaning="Files changed on both sides, and nothing could be merged yet."
          to={driftHref}
        />
      ) : null}
      {conflicts !== null && conflicts > 0 ? (
        <StatusChip
          tone="bad"
          label={countText(conflicts, 'conflict')}
          to={driftHref}
        />
      ) : null}
      {drifted > 0 ? (
        <StatusChip
          tone="warn"
          label={`${countText(drifted, 'file')} drifted`}
          to={driftHref}
        />
      ) : null}
    </Row>
  );
}

/** The services of a template and how far each is. */
export function AdoptionTable(props: {
  adopters: Adopter[];
  /** Whether the newest version is known; without it nobody can be up to date. */
  newestKnown: boolean;
  sort: TableSort;
  entityLink: (entityRef: string, group?: boolean) => ReactNode;
  driftHref: (entityRef: string) => string;
}) {
  const { adopters, newestKnown, sort, entityLink, driftHref } = props;
  return (
    <DataTable
      caption="Services of the template"
      rows={adopters}
      idOf={({ entityRef, layer }) => `adopter-${entityRef}-${layer}`}
      sort={sort}
      columns={[
        {
          title: 'Service',
          sortKey: 'service',
          render: ({ entityRef, layer, title }) => (
            <>
              {entityLink(entityRef)}
              <Text variant="small" subtle>
                {title ? `${title} · ` : ''}layer {layer}
              </Text>
            </>
          ),
        },
        {
          title: 'Owner',
          sortKey: 'owner',
          render: ({ owner }) => (owner ? entityLink(owner, true) : 'nobody'),
        },
        {
          title: 'Version',
          sortKey: 'version',
          width: 100,
          render: ({ version }) => <Code>{version}</Code>,
        },
        {
          title: 'Standing',
          sortKey: 'standing',
          render: adopter => (
            <Standing
              adopter={adopter}
              newestKnown={newestKnown}
              driftHref={driftHref(adopter.entityRef)}
            />
          ),
        },
        {
          title: 'Migrated',
          sortKey: 'migrated',
          width: 100,
          numeric: true,
          render: ({ migrated, upToDate }) =>
            migrated === null && newestKnown && upToDate
              ? '–'
              : shareText(migrated),
        },
        {
          title: 'Update',
          prose: true,
          render: ({ update }) =>
            update ? <UpdateStatus update={update} brief /> : 'none',
        },
        {
          title: 'Compared',
          sortKey: 'compared',
          width: 130,
          render: ({ observedAt }) => <RelativeTime at={observedAt} />,
        },
      ]}
    />
  );
}
