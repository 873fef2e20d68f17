import type { HealthMetricName, Metric } from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { humanDuration } from '../format/duration';
import {
  metricBand,
  metricDefinition,
  metricNumber,
  metricTitle,
  metricValue,
  metricWording,
} from '../format/metric';
import { Row, Stack } from './layout';
import { Section } from './Panel';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';

function numbersOf(metric: Metric): string[] {
  const value = (number: number) => metricValue(number, metric.unit);
  const lines = [`n=${metric.n}`];
  if (metric.numerator !== undefined && metric.denominator !== undefined) {
    lines.push(
      metric.unit === 'per-day'
        ? `${metric.numerator} in ${metric.denominator} days`
        : `${metric.numerator} of ${metric.denominator}`,
    );
  }
  if (metric.interval) {
    const { low, high } = metric.interval;
    lines.push(`between ${value(low)} and ${value(high)} with 95% confidence`);
  }
  if (metric.quantiles) {
    const { p50, p75, p90 } = metric.quantiles;
    lines.push(
      `half within ${value(p50)}, 75% within ${value(p75)}, 90% within ${value(
        p90,
      )}`,
    );
  }
  if (metric.mean !== undefined) {
    lines.push(`mean ${value(metric.mean)}`);
  }
  if (typeof metric.deployDaysPerWeek === 'number') {
    lines.push(
      `${metric.deployDaysPerWeek} days with a deployment per week (median)`,
    );
  }
  if (metric.pending) {
    lines.push(`${metric.pending} too recent to count`);
  }
  if (metric.suspected) {
    lines.push(`${metric.suspected} suspected by time only, not counted`);
  }
  return lines;
}

/** A metric with its definition, its numbers and, in `children`, the events it rests on. */
export function MetricDetails(props: {
  id: string;
  name: HealthMetricName;
  metric: Metric;
  children: ReactNode;
}) {
  const { id, name, metric, children } = props;
  const { label, tone, meaning } = metricWording(metric);
  const band = metricBand(metric);
  const number = metricNumber(metric);
  const judged = metric.status === 'ok' && number !== undefined;
  return (
    <Section id={id} title={metricTitle(name)} level={3}>
      <Stack gap={1}>
        <Row>
          {number === undefined ? null : (
            <Text inline variant={judged ? 'strong' : 'body'} subtle={!judged}>
              {number}
            </Text>
          )}
          {judged ? null : <StatusChip tone={tone} label={label} />}
          {band ? <Text inline>Band: {band}</Text> : null}
          <Text inline subtle>
            {numbersOf(metric).join(' · ')}
          </Text>
        </Row>
        {metric.status !== 'ok' || metric.note ? <Text>{meaning}</Text> : null}
        {(metric.open ?? []).map(failure => (
          <Text key={failure.id}>
            Still open after {humanDuration(failure.seconds)}:{' '}
            <Code>{failure.id}</Code>
          </Text>
        ))}
        <Text subtle>{metricDefinition(name)}</Text>
        {children}
      </Stack>
    </Section>
  );
}
