import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { Section } from '../ui';
import { HealthMetric } from './HealthMetric';
import { FLAGS_ANCHOR } from './healthAnchors';

/** Flags that have done their work and are still there. */
export function FlagsSection(props: { health: HealthResponse }) {
  return (
    <Section id={FLAGS_ANCHOR} title="Flags" level={3}>
      <HealthMetric name="flagStaleness" health={props.health} />
    </Section>
  );
}
