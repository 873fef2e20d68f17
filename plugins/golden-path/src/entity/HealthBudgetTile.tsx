import type { Metric } from '@goldenpath/engine';
import { budgetLeft, burnState } from '../format/budget';
import { metricTitle } from '../format/metric';
import { MetricTile, SafeLink, Stack, StatusChip, Text } from '../ui';

/** What is left of the error budget that is worst off, and whether it is being used up too fast. */
export function HealthBudgetTile(props: { metric: Metric; to: string }) {
  const { metric, to } = props;
  if (metric.status !== 'ok' || metric.value === null) {
    return <MetricTile name="errorBudget" metric={metric} to={to} />;
  }
  const title = metricTitle('errorBudget');
  const left = budgetLeft(metric.value);
  const burn = burnState(metric);
  return (
    <Stack gap={0.25}>
      <SafeLink
        to={to}
        label={`${title}: ${left}. ${burn.label}. Open the evidence`}
      >
        {title}
      </SafeLink>
      <Text variant="strong">{left}</Text>
      <span>
        <StatusChip {...burn} />
      </span>
    </Stack>
  );
}
