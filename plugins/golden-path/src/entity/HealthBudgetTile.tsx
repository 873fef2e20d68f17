import type { Metric } from '@goldenpath/engine';
import { budgetLeft, budgetTone, burnState } from '../format/budget';
import { metricTitle } from '../format/metric';
import { MetricTile, SafeLink, Stack, StatusChip, Text } from '../ui';

const BUDGET_MEANING =
  'What is left of the error budget of the objective that is worst off. With little of it a release is made step by step; with none, only repairs are released.';

/** What is left of the error budget that is worst off, and whether it is being used up too fast. */
export function HealthBudgetTile(props: { metric: Metric; to: string }) {
  const { metric, to } = props;
  if (metric.status !== 'ok' || metric.value === null) {
    return <MetricTile name="errorBudget" metric={metric} to={to} />;
  }
  const title = metricTitle('errorBudget');
  const left = budgetLeft(metric.value);
  const tone = budgetTone(metric.value);
  const burn = burnState(metric);
  return (
    <Stack gap={0.25}>
      <SafeLink
        to={to}
        label={`${title}: ${left}. ${burn.label}. Open the evidence`}
      >
        {title}
      </SafeLink>
      {tone === 'neutral' ? (
        <Text variant="strong">{left}</Text>
      ) : (
        <span>
          <StatusChip tone={tone} label={left} meaning={BUDGET_MEANING} />
        </span>
      )}
      <span>
        <StatusChip {...burn} />
      </span>
    </Stack>
  );
}
