import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { type Anomaly, healthMetricNameSchema } from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { anomalyTitle, anomalyWording, methodText } from '../format/anomaly';
import { entityName } from '../format/entityName';
import { metricValue } from '../format/metric';
import { fullTime } from '../format/time';
import { FactList, Row, Stack, StatusChip, Text } from '../ui';
import { EvidenceDisclosure } from './EvidenceDisclosure';

function currencyOf(anomaly: Anomaly, health: HealthResponse) {
  const name = healthMetricNameSchema.safeParse(anomaly.metric);
  return name.success ? health.metrics[name.data].currency : undefined;
}

/** One anomaly: what was seen where what was to be expected, how that was found, and the events behind it. */
export function AnomalyDetails(props: {
  anomaly: Anomaly;
  health: HealthResponse;
  /** What a person may do about it. */
  children?: ReactNode;
}) {
  const { anomaly, health, children } = props;
  const { at, until, acknowledged, evidence } = anomaly;
  const currency = currencyOf(anomaly, health);
  const value = (number: number) => metricValue(number, anomaly.unit, currency);
  const title = anomalyTitle(anomaly);
  return (
    <Stack gap={0.5}>
      <Row gap={0.75}>
        <StatusChip {...anomalyWording(anomaly)} />
        <Text inline variant="strong">
          {title}
        </Text>
      </Row>
      <FactList
        facts={[
          { name: 'Seen', value: value(anomaly.observed) },
          { name: 'Expected', value: value(anomaly.expected) },
          {
            name: 'Since',
            value: until
              ? `${fullTime(at)}, first seen in the window to ${fullTime(
                  until,
                )}`
              : fullTime(at),
          },
          { name: 'How it was found', value: methodText(anomaly) },
          {
            name: 'Acknowledged',
            value: acknowledged
              ? `by ${entityName(acknowledged.by)}, ${fullTime(
                  acknowledged.at,
                )}: ${acknowledged.reason}`
              : undefined,
          },
        ]}
      />
      <EvidenceDisclosure
        entityRef={health.entityRef}
        ids={evidence}
        what="this anomaly"
      />
      {children}
    </Stack>
  );
}
