import type { HealthMetricName, Metric } from '@goldenpath/engine';
import { metricBand, metricTitle, metricWording } from '../format/metric';
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
  return (
    <Stack gap={0.5}>
      <SafeLink to={to} label={`${title}: ${label}. Open the evidence`}>
        {title}
      </SafeLink>
      {metric.status === 'ok' && metric.value !== null ? (
        <Row>
          <Text variant="strong" inline>
            {label}
          </Text>
          <Text variant="small" subtle inline>
            n={metric.n}
            {band ? ` · ${band}` : ''}
          </Text>
        </Row>
      ) : (
        <Row>
          <StatusChip tone={tone} label={label} meaning={meaning} />
        </Row>
      )}
    </Stack>
  );
}
