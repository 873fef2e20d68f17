import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { Section, Stack } from '../ui';
import { HealthMetric } from './HealthMetric';
import { GUARDRAILS_ANCHOR } from './healthAnchors';
import { ObjectiveDetails } from './ObjectiveDetails';

/** What holds a release back: error budgets, and deliveries that fail on their way. */
export function GuardrailsSection(props: { health: HealthResponse }) {
  const { health } = props;
  const objectives = health.metrics.errorBudget.objectives ?? [];
  return (
    <Section id={GUARDRAILS_ANCHOR} title="Release guardrails" level={3}>
      <HealthMetric name="errorBudget" health={health}>
        <Stack gap={2}>
          {objectives.map(objective => (
            <ObjectiveDetails key={objective.name} objective={objective} />
          ))}
        </Stack>
      </HealthMetric>
      <HealthMetric name="deliveryFailureRate" health={health} />
    </Section>
  );
}
