import type { Rollout } from '@goldenpath/backstage-plugin-golden-path-common';
import { entityName } from '../format/entityName';
import { ITEM_ORDER, itemWording } from '../format/rollout';
import {
  FilterSelect,
  LoadMore,
  RolloutTable,
  Row,
  Section,
  Text,
} from '../ui';
import { ROLLOUT_SERVICES_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';
import { useDriftHref } from './useDriftHref';
import { useLateHash } from './useLateHash';
import { useShown } from './useShown';

/** The services of a roll-out, those in trouble first, to be narrowed by `?wave=&state=`. */
export function RolloutServices(props: { rollout: Rollout; address: Address }) {
  const { rollout, address } = props;
  const driftHref = useDriftHref();
  useLateHash(ROLLOUT_SERVICES_ANCHOR);
  const wave = address.read('wave');
  const state = address.read('state');
  const found = rollout.items
    .filter(item => wave === '' || String(item.wave) === wave)
    .filter(item => state === '' || item.state === state)
    .sort(
      (a, b) =>
        a.wave - b.wave ||
        ITEM_ORDER.indexOf(a.state) - ITEM_ORDER.indexOf(b.state) ||
        entityName(a.entityRef).localeCompare(entityName(b.entityRef)),
    );
  const page = useShown(found);
  return (
    <Section
      id={ROLLOUT_SERVICES_ANCHOR}
      title="Services of the roll-out"
      level={4}
    >
      <Row gap={2}>
        <FilterSelect
          label="Wave"
          value={wave}
          onChange={value => address.change({ wave: value })}
          options={rollout.waves.map(({ name }, index) => ({
            value: String(index),
            label: name,
          }))}
        />
        <FilterSelect
          label="State"
          value={state}
          onChange={value => address.change({ state: value })}
          options={ITEM_ORDER.map(value => ({
            value,
            label: itemWording(value).label,
          }))}
        />
      </Row>
      {found.length === 0 ? (
        <Text>No service is like this. Choose All to see the others.</Text>
      ) : (
        <>
          <RolloutTable
            items={page.items}
            waveName={index =>
              rollout.waves[index]?.name ?? `Wave ${index + 1}`
            }
            driftHref={driftHref}
          />
          <LoadMore {...page.more} what="services" />
        </>
      )}
    </Section>
  );
}
