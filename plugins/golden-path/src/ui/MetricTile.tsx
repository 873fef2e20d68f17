import type { HealthMetricName, Metric } from '@goldenpath/engine';
import {
  metricBand,
  metricNumber,
  metricTitle,
  metricWording,
} from '../format/metric';
import { Row, Stack } from './layout';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Text } from './text';

/** One metric in a few words; its name leads to the evidence. */
export function MetricTile(props: {
  name: HealthMetricName;
  metric: Metric;
  to: string;
}) {
  const { name, metric, to } = props;
  const { label, tone, meaning } = metricWording(metric);
  const band = metricBand(metric);
  const title = metricTitle(name);
  const number = metricNumber(metric);
  const judged = metric.status === 'ok' && number !== undefined;
  const words = judged || number === undefined ? label : `${number}, ${label}`;
  return (
    <Stack gap={0.5}>
      <SafeLink to={to} label={`${title}: ${words}. Open the evidence`}>
        {title}
      </SafeLink>
      <Row gap={0.75}>
        {number === undefined ? null : (
          <Text variant={judged ? 'strong' : 'body'} subtle={!judged} inline>
            {number}
          </Text>
        )}
        {judged ? (
          <Text variant="small" subtle inline>
            n={metric.n}
            {band ? ` · ${band}` : ''}
          </Text>
        ) : (
          <StatusChip tone={tone} label={label} meaning={meaning} />
        )}
      </Row>
    </Stack>
  );
}
