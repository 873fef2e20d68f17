import type { ForecastItem } from '@goldenpath/backstage-plugin-golden-path-common';
import type { ReactNode } from 'react';
import { conflictKindText, outcomeWording } from '../format/forecast';
import { countText } from '../format/count';
import { entityName } from '../format/entityName';
import { DataTable } from './DataTable';
import { Disclosure } from './Disclosure';
import { List } from './List';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';

const FEW = 3;

function Conflicts(props: { item: ForecastItem }) {
  const { conflicts, entityRef } = props.item;
  const list = (
    <List label={`Conflicts of ${entityName(entityRef)}`}>
      {conflicts.map(({ path, kind }) => (
        <span key={path}>
          <Code>{path}</Code>{' '}
          <Text inline subtle variant="small">
            {conflictKindText(kind)}
          </Text>
        </span>
      ))}
    </List>
  );
  return conflicts.length > FEW ? (
    <Disclosure summary={countText(conflicts.length, 'file')}>
      {list}
    </Disclosure>
  ) : (
    list
  );
}

function Details(props: { item: ForecastItem }) {
  const { conflicts, restores, reason } = props.item;
  if (conflicts.length === 0 && restores === 0 && !reason) {
    return <>–</>;
  }
  return (
    <>
      {conflicts.length > 0 ? <Conflicts item={props.item} /> : null}
      {restores > 0 ? (
        <Text variant="small">
          {countText(restores, 'managed file')} would be put back as the
          template has {restores === 1 ? 'it' : 'them'}
        </Text>
      ) : null}
      {reason ? <Text variant="small">{reason}</Text> : null}
    </>
  );
}

/** How each service would take a version; its name leads to its drift. */
export function ForecastTable(props: {
  items: ForecastItem[];
  entityLink: (entityRef: string, group?: boolean) => ReactNode;
  driftHref: (entityRef: string) => string;
}) {
  const { items, entityLink, driftHref } = props;
  return (
    <DataTable
      caption="Services in this dry run"
      rows={items}
      idOf={({ entityRef, layer }) => `forecast-${entityRef}-${layer}`}
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
        {
          title: 'Owner',
          render: ({ owner }) => (owner ? entityLink(owner, true) : 'nobody'),
        },
        {
          title: 'From',
          width: 90,
          render: ({ from }) => <Code>{from}</Code>,
        },
        {
          title: 'Outcome',
          width: 130,
          render: ({ outcome }) => {
            const { label, tone, meaning } = outcomeWording(outcome);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Files changed',
          width: 120,
          numeric: true,
          render: ({ files, outcome }) => (outcome === 'unknown' ? '–' : files),
        },
        {
          title: 'Conflicts and reasons',
          prose: true,
          render: item => <Details item={item} />,
        },
      ]}
    />
  );
}
