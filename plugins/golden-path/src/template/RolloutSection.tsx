import type {
  AdoptionResponse,
  RolloutsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { LiveNotice } from '../components/LiveNotice';
import type { LiveData } from '../hooks/useLiveData';
import { Heading, RolloutList, Section, Stack, Text } from '../ui';
import { EntityName } from './EntityName';
import { NeedsManage } from './NeedsManage';
import { RolloutDetails } from './RolloutDetails';
import { StartRollout } from './StartRollout';
import { ROLLOUTS_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';

/** What leads to another roll-out drops what the last one was narrowed to. */
const UNNARROWED = { wave: '', state: '' };

/** Roll-outs of the template; `?rollout=` names the one shown, by default the newest. */
export function RolloutSection(props: {
  templateRef: string;
  rollouts: LiveData<RolloutsResponse>;
  adoption: LiveData<AdoptionResponse>;
  mayManage: boolean | undefined;
  address: Address;
}) {
  const { templateRef, rollouts, adoption, mayManage, address } = props;
  const items = rollouts.data?.items;
  const chosen = address.read('rollout') || items?.[0]?.id;
  const onStarted = async (id: string) => {
    address.change({ ...UNNARROWED, rollout: id });
    await rollouts.reload();
  };
  return (
    <Section id={ROLLOUTS_ANCHOR} title="Roll-outs">
      <Stack gap={2}>
        <Text>
          A roll-out proposes the newest version to the services that do not
          have it, wave by wave. Their owners merge.
        </Text>
        {mayManage === false ? (
          <NeedsManage what="To start, pause or cancel a roll-out" />
        ) : null}
        {mayManage && adoption.data ? (
          <StartRollout
            templateRef={templateRef}
            adoption={adoption.data}
            onStarted={onStarted}
          />
        ) : null}
        <LiveNotice live={rollouts} what="The list of roll-outs" />
        {items?.length === 0 ? (
          <Text>No version of this template was rolled out yet.</Text>
        ) : null}
        {chosen ? (
          <RolloutDetails
            id={chosen}
            mayManage={mayManage === true}
            address={address}
            onChanged={rollouts.reload}
          />
        ) : null}
        {items && items.length > 0 ? (
          <Stack>
            <Heading level={3}>Roll-outs so far</Heading>
            <RolloutList
              rollouts={items}
              chosen={chosen}
              hrefOf={id =>
                address.href({ ...UNNARROWED, rollout: id }, ROLLOUTS_ANCHOR)
              }
              entityLink={ref => <EntityName of={ref} />}
            />
          </Stack>
        ) : null}
      </Stack>
    </Section>
  );
}
