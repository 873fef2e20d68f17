import type { AdoptionResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import {
  AdoptionTable,
  FilterSelect,
  LoadMore,
  Row,
  SearchInput,
  Section,
  Text,
} from '../ui';
import {
  AdopterOrder,
  compareVersions,
  filterAdopters,
  sortAdopters,
  STANDINGS,
} from './adopters';
import { EntityName } from './EntityName';
import { ADOPTERS_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';
import { useDriftHref } from './useDriftHref';
import { useShown } from './useShown';

/** The services of the template, to be narrowed by `?version=&standing=&q=`. */
export function AdoptionServices(props: {
  adoption: AdoptionResponse;
  address: Address;
}) {
  const { adoption, address } = props;
  const { items, newestVersion } = adoption;
  const driftHref = useDriftHref();
  const [sorted, setSorted] = useState<{
    by: AdopterOrder;
    order: 'asc' | 'desc';
  }>({ by: 'service', order: 'asc' });
  const filter = {
    version: address.read('version'),
    standing: address.read('standing'),
    text: address.read('q'),
  };
  const found = sortAdopters(
    filterAdopters(items, filter, newestVersion !== null),
    sorted.by,
    sorted.order,
  );
  const page = useShown(found);
  const versions = [...new Set(items.map(({ version }) => version))].sort(
    (a, b) => compareVersions(b, a),
  );
  const onSort = (key: string) =>
    setSorted(before => ({
      by: key as AdopterOrder,
      order: before.by === key && before.order === 'asc' ? 'desc' : 'asc',
    }));

  return (
    <Section id={ADOPTERS_ANCHOR} title="Services" level={3}>
      <Row gap={2}>
        <SearchInput
          label="Service or owner"
          value={filter.text}
          onChange={q => address.change({ q })}
        />
        <FilterSelect
          label="Version"
          value={filter.version}
          onChange={version => address.change({ version })}
          options={versions.map(value => ({ value, label: value }))}
        />
        <FilterSelect
          label="Standing"
          value={filter.standing}
          onChange={standing => address.change({ standing })}
          options={STANDINGS}
        />
      </Row>
      {found.length === 0 ? (
        <Text>No service is like this. Choose All to see the others.</Text>
      ) : (
        <>
          <AdoptionTable
            adopters={page.items}
            newestKnown={newestVersion !== null}
            sort={{ ...sorted, onSort }}
            entityLink={(ref, group) => <EntityName of={ref} group={group} />}
            driftHref={driftHref}
          />
          <LoadMore {...page.more} what="services" />
        </>
      )}
    </Section>
  );
}
