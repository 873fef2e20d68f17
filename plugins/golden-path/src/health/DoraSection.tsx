import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { DORA_METRICS } from '../format/metric';
import { Section, Tiles } from '../ui';
import { HealthMetric } from './HealthMetric';
import { DORA_ANCHOR } from './healthAnchors';
import { QuickCheckScores } from './QuickCheckScores';

/** DORA's five, the time to restore of all incidents, and the score of the Quick Check. */
export function DoraSection(props: { health: HealthResponse }) {
  const { health } = props;
  return (
    <Section id={DORA_ANCHOR} title="Throughput and stability" level={3}>
      <Tiles minWidth={400}>
        {[...DORA_METRICS, 'timeToRestore' as const].map(name => (
          <HealthMetric key={name} name={name} health={health} />
        ))}
      </Tiles>
      <QuickCheckScores health={health} />
    </Section>
  );
}
