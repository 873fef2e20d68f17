import type {
  HealthMetricName,
  HealthReport,
  Metric,
} from '@goldenpath/engine';
import {
  metricBand,
  metricNumber,
  metricTitle,
  metricWording,
} from '../format/metric';
import type { Trend } from '../format/trend';
import { BandMark } from './BandMark';
import { Row, Stack } from './layout';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Text } from './text';
import { TrendMark } from './TrendMark';

/** One metric in a few words; its name leads to the evidence. */
export function MetricTile(props: {
  name: HealthMetricName;
  metric: Metric;
  to: string;
  trend?: Trend;
  ladder?: HealthReport['ladder'];
}) {
  const { name, metric, to, trend, ladder } = props;
  const { label, tone, meaning } = metricWording(metric);
  const band = metricBand(metric);
  const title = metricTitle(name);
  const number = metricNumber(metric);
  const judged = metric.status === 'ok' && number !== undefined;
  const words = judged || number === undefined ? label : `${number}, ${label}`;
  return (
    <Stack gap={0.25}>
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
          <>
            <Text variant="small" subtle inline>
              n={metric.n}
            </Text>
            {band ? <BandMark band={band} ladder={ladder} /> : null}
          </>
        ) : (
          <StatusChip tone={tone} label={label} meaning={meaning} />
        )}
      </Row>
      {judged && trend ? <TrendMark trend={trend} /> : null}
    </Stack>
  );
}
