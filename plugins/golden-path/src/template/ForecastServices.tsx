import type { ForecastItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { entityName } from '../format/entityName';
import { OUTCOME_ORDER, outcomeWording } from '../format/forecast';
import {
  ActionButton,
  Code,
  FilterSelect,
  ForecastTable,
  LoadMore,
  Row,
  Section,
  Text,
} from '../ui';
import { EntityName } from './EntityName';
import { FORECAST_SERVICES_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';
import { useDriftHref } from './useDriftHref';
import { useLateHash } from './useLateHash';
import { useShown } from './useShown';

/** The services of a dry run, those in trouble first, to be narrowed by `?outcome=&file=`. */
export function ForecastServices(props: {
  items: ForecastItem[];
  address: Address;
}) {
  const { items, address } = props;
  const driftHref = useDriftHref();
  useLateHash(FORECAST_SERVICES_ANCHOR);
  const outcome = address.read('outcome');
  const file = address.read('file');
  const found = items
    .filter(item => outcome === '' || item.outcome === outcome)
    .filter(
      item => file === '' || item.conflicts.some(({ path }) => path === file),
    )
    .sort(
      (a, b) =>
        OUTCOME_ORDER.indexOf(a.outcome) - OUTCOME_ORDER.indexOf(b.outcome) ||
        entityName(a.entityRef).localeCompare(entityName(b.entityRef)),
    );
  const page = useShown(found);
  return (
    <Section
      id={FORECAST_SERVICES_ANCHOR}
      title="Services in this dry run"
      level={4}
    >
      <Row gap={2}>
        <FilterSelect
          label="Outcome"
          value={outcome}
          onChange={value => address.change({ outcome: value })}
          options={OUTCOME_ORDER.map(value => ({
            value,
            label: outcomeWording(value).label,
          }))}
        />
        {file ? (
          <>
            <Text inline>
              with a conflict in <Code>{file}</Code>
            </Text>
            <ActionButton onClick={() => address.change({ file: '' })}>
              Show every file
            </ActionButton>
          </>
        ) : null}
      </Row>
      {found.length === 0 ? (
        <Text>No service is like this. Choose All to see the others.</Text>
      ) : (
        <>
          <ForecastTable
            items={page.items}
            entityLink={(ref, group) => <EntityName of={ref} group={group} />}
            driftHref={driftHref}
          />
          <LoadMore {...page.more} what="services" />
        </>
      )}
    </Section>
  );
}
