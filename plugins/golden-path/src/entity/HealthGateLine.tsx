import { useApi } from '@backstage/core-plugin-api';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { gateProceeding, gateReason, gateWording } from '../format/gate';
import { useSignalledData } from '../hooks/useSignalledData';
import { RelativeTime, Row, StatusChip, Text } from '../ui';

/** Decisions for other environments may have come after the last one for this. */
const LOOKED_AT = 20;
const PACE_MS = 30_000;

/** The last word of the gate on a deployment to an environment; nothing where it was never asked. */
export function HealthGateLine(props: {
  entityRef: string;
  environment: string;
  to: string;
}) {
  const { entityRef, environment, to } = props;
  const api = useApi(goldenPathApiRef);
  const decisions = useSignalledData({
    entityRef,
    topics: ['gate'],
    key: entityRef,
    load: () => api.getDecisions({ entityRef, limit: LOOKED_AT }),
    interval: PACE_MS,
  });
  if (decisions.error && !decisions.data) {
    return <Text subtle>What the gate said last could not be loaded.</Text>;
  }
  const decision = decisions.data?.items.find(
    ({ request }) => request.environment === environment,
  );
  if (!decision) {
    return null;
  }
  const { label, tone, meaning } = gateWording(decision.verdict);
  const proceeding = gateProceeding(decision, new Date());
  return (
    <Row gap={0.75}>
      <StatusChip
        tone={tone}
        label={`Gate: ${label.toLocaleLowerCase('en-GB')}`}
        meaning={meaning}
        to={to}
      />
      <Text inline>
        {gateReason(decision)}
        {proceeding ? `. ${proceeding}` : ''}
      </Text>
      <Text inline subtle variant="small">
        <RelativeTime at={decision.at} />
      </Text>
    </Row>
  );
}
