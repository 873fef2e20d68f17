import { useApi } from '@backstage/core-plugin-api';
import type { Rollout } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { pauseOnText, rolloutWording } from '../format/rollout';
import { shareText } from '../format/share';
import {
  Heading,
  Notice,
  RelativeTime,
  Row,
  Stack,
  StatusChip,
  Text,
  WaveSteps,
} from '../ui';
import { EntityName } from './EntityName';
import { RolloutActions } from './RolloutActions';
import { RolloutServices } from './RolloutServices';
import { ROLLOUT_SERVICES_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';
import { usePacedData } from './usePacedData';

const RUNNING_MS = 5_000;
/** Requests are merged while a roll-out is paused, too. */
const PAUSED_MS = 15_000;

function paceOf({ status }: Rollout): number | null {
  switch (status) {
    case 'running':
      return RUNNING_MS;
    case 'paused':
      return PAUSED_MS;
    default:
      return null;
  }
}

function Rules(props: { rollout: Rollout }) {
  const { advanceAt, pauseOn, createdBy, createdAt, waves } = props.rollout;
  return (
    <Text subtle>
      Started <RelativeTime at={createdAt} /> by <EntityName of={createdBy} />.{' '}
      {waves.length > 1
        ? `A wave starts when ${shareText(
            advanceAt,
          )} of the requests before it are merged. `
        : ''}
      {pauseOnText(pauseOn)}
    </Text>
  );
}

/** One roll-out: its waves, its services, and what can be done with it. */
export function RolloutDetails(props: {
  id: string;
  mayManage: boolean;
  address: Address;
  /** After the viewer paused, resumed or cancelled it. */
  onChanged: () => Promise<void>;
}) {
  const { id, mayManage, address, onChanged } = props;
  const api = useApi(goldenPathApiRef);
  const live = usePacedData({
    key: id,
    load: () => api.getRollout(id),
    paceOf,
  });
  const { data } = live;
  const changed = async () => {
    await Promise.all([live.reload(), onChanged()]);
  };
  return (
    <Stack gap={2}>
      <LiveNotice live={live} what="The roll-out" />
      {data ? (
        <>
          <Row>
            <Heading level={3}>Roll-out of {data.version}</Heading>
            <StatusChip {...rolloutWording(data.status)} />
          </Row>
          {data.status === 'paused' ? (
            <Notice tone="warn" title="Paused: no further request is opened.">
              <Text>{data.reason ?? 'Nobody said why.'}</Text>
              <Text>
                Look at what went wrong, then resume the roll-out or cancel it.
              </Text>
            </Notice>
          ) : null}
          {data.status === 'cancelled' && data.reason ? (
            <Text>Cancelled: {data.reason}</Text>
          ) : null}
          {mayManage ? (
            <RolloutActions rollout={data} onChanged={changed} />
          ) : null}
          <Rules rollout={data} />
          <WaveSteps
            waves={data.waves}
            hrefOf={(wave, state) =>
              address.href(
                { rollout: id, wave: String(wave), state: state ?? '' },
                ROLLOUT_SERVICES_ANCHOR,
              )
            }
          />
          <RolloutServices rollout={data} address={address} />
        </>
      ) : null}
    </Stack>
  );
}
