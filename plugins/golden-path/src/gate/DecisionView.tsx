import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useParams } from 'react-router-dom';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { GATE_ANCHOR } from '../entity/anchors';
import { entityName } from '../format/entityName';
import { gateWording } from '../format/gate';
import { reasonText } from '../format/gateDecision';
import { useLiveData } from '../hooks/useLiveData';
import { gateRouteRef } from '../routes';
import {
  Heading,
  Prose,
  RelativeTime,
  Row,
  SafeLink,
  Stack,
  StatusChip,
  Text,
} from '../ui';
import { DecisionDetails } from './DecisionDetails';
import { useTabHref } from './useTabHref';

const PACE_MS = 15_000;

/** One decision of the gate, under an address of its own. */
export function DecisionView() {
  const { id = '' } = useParams();
  const api = useApi(goldenPathApiRef);
  const gateHref = useRouteRef(gateRouteRef)();
  const tabHref = useTabHref();
  const live = useLiveData({
    key: id,
    load: () => api.getDecision(id),
    interval: PACE_MS,
  });
  const { data } = live;
  return (
    <Stack gap={2}>
      <Text>
        <SafeLink to={gateHref}>All decisions</SafeLink>
      </Text>
      <LiveNotice live={live} what="The decision" />
      {data ? (
        <>
          <Heading level={2}>
            {entityName(data.request.entityRef)} to {data.request.environment}
          </Heading>
          <Row gap={0.75}>
            <StatusChip {...gateWording(data.verdict)} />
            <Text inline>
              <Prose text={reasonText(data)} />
            </Text>
            <Text inline subtle variant="small">
              <RelativeTime at={data.at} />
            </Text>
          </Row>
          <Text>
            <SafeLink to={tabHref(data.request.entityRef, GATE_ANCHOR)}>
              Other decisions on {entityName(data.request.entityRef)}
            </SafeLink>
          </Text>
          <DecisionDetails decision={data} onChanged={live.reload} />
        </>
      ) : null}
    </Stack>
  );
}
