import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { Code, Notice, Text } from '../ui';

/** How to begin, where no metric has anything to rest on; nothing elsewhere. */
export function InstrumentNotice(props: { health: HealthResponse }) {
  const silent = Object.values(props.health.metrics).every(
    metric => metric.status === 'not-instrumented',
  );
  return silent ? (
    <Notice tone="unsure" title="No delivery event has arrived yet.">
      <Text>
        Let the pipeline post CDEvents of its deployments, and the incident tool
        those of incidents, to <Code>/api/golden-path/v1/events</Code>.
      </Text>
    </Notice>
  ) : null;
}
