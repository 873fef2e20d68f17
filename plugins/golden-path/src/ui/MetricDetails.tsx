import type {
  HealthMetricName,
  HealthReport,
  Metric,
} from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { numberOf } from '../format/budget';
import { humanDuration } from '../format/duration';
import { howToInstrument } from '../format/instrumenting';
import {
  ladderText,
  metricBand,
  metricDefinition,
  metricTitle,
  metricWording,
} from '../format/metric';
import { metricNumbers } from '../format/metricNumbers';
import { partTitle } from '../format/metricPart';
import type { Trend } from '../format/trend';
import { BandMark } from './BandMark';
import { Row, Stack } from './layout';
import { Section } from './Panel';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';
import { TrendMark } from './TrendMark';

/** A metric with its definition, its numbers and, in `children`, the events it rests on. */
export function MetricDetails(props: {
  id: string;
  name: HealthMetricName;
  metric: Metric;
  children?: ReactNode;
  trend?: Trend;
  ladder?: HealthReport['ladder'];
  level?: 3 | 4;
}) {
  const { id, name, metric, children, trend, ladder, level = 4 } = props;
  const { label, tone, meaning } = metricWording(metric);
  const band = metricBand(metric);
  const number = numberOf(name, metric);
  const judged = metric.status === 'ok' && number !== undefined;
  const seen = metric.status !== 'not-instrumented';
  return (
    <Section id={id} title={metricTitle(name)} level={level}>
      <Stack gap={0.5}>
        <Row>
          {number === undefined ? null : (
            <Text inline variant={judged ? 'large' : 'body'} subtle={!judged}>
              {number}
            </Text>
          )}
          {judged ? null : <StatusChip tone={tone} label={label} />}
          {band ? (
            <Row inline gap={0.5}>
              <BandMark band={band} ladder={ladder} />
              <Text inline variant="small" subtle>
                {ladderText(ladder)}
              </Text>
            </Row>
          ) : null}
        </Row>
        {judged && trend ? <TrendMark trend={trend} spark /> : null}
        {seen ? (
          <Text subtle>{metricNumbers(name, metric).join(' · ')}</Text>
        ) : null}
        {metric.status !== 'ok' || metric.note ? <Text>{meaning}</Text> : null}
        {seen ? null : <Text>{howToInstrument(name)}</Text>}
        <Stages stages={metric.stages} />
        {(metric.open ?? []).map(failure => (
          <Text key={failure.id}>
            Still open after {humanDuration(failure.seconds)}:{' '}
            <Code>{failure.id}</Code>
          </Text>
        ))}
        <Text subtle variant="small">
          {metricDefinition(name)}
        </Text>
        {children}
      </Stack>
    </Section>
  );
}

function Stages(props: { stages: Metric['stages'] }) {
  const stages = Object.entries(props.stages ?? {});
  return stages.length === 0 ? null : (
    <Text>
      {stages
        .map(
          ([stage, seconds]) =>
            `${partTitle(stage)}: ${
              seconds === null ? 'not known' : humanDuration(seconds)
            }`,
        )
        .join(' · ')}
    </Text>
  );
}
