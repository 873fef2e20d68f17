import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { Section } from '../ui';
import { HealthMetric } from './HealthMetric';
import { SECURITY_COST_ANCHOR } from './healthAnchors';

/** What releases bring in weaknesses, and what they cost. */
export function SecurityCostSection(props: { health: HealthResponse }) {
  const { health } = props;
  return (
    <Section id={SECURITY_COST_ANCHOR} title="Security and cost" level={3}>
      <HealthMetric name="findingsPerRelease" health={health} />
      <HealthMetric name="costPerChange" health={health} />
    </Section>
  );
}
