import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { HealthMetricName } from '@goldenpath/engine';
import { Section, Text, Tiles } from '../ui';
import { HealthMetric } from './HealthMetric';
import { TOIL_ANCHOR } from './healthAnchors';

const METRICS: HealthMetricName[] = [
  'rerunRate',
  'approvalWait',
  'offHours',
  'testTime',
  'scanTime',
];

/** Waiting, doing again and doing by hand, as far as events show it. */
export function ToilSection(props: { health: HealthResponse }) {
  const { health } = props;
  return (
    <Section id={TOIL_ANCHOR} title="Toil" level={3}>
      <HealthMetric name="toil" health={health}>
        <Text subtle variant="small">
          For reference only: in Harness’s survey for its State of DevOps
          Modernization 2026, people put 36% of their time down to repetitive
          manual work. That is a survey figure, and nothing here measures a
          share of anybody’s time.
        </Text>
      </HealthMetric>
      <Tiles minWidth={400}>
        {METRICS.map(name => (
          <HealthMetric key={name} name={name} health={health} />
        ))}
      </Tiles>
    </Section>
  );
}
