import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { HealthMetricName } from '@goldenpath/engine';
import type { ReactNode } from 'react';
import { metricAnchor } from '../entity/anchors';
import { shownMetric } from '../format/deliveryPicture';
import { metricTitle } from '../format/metric';
import { metricTrend } from '../format/trend';
import { MetricDetails, PartsTable } from '../ui';
import { EvidenceDisclosure } from './EvidenceDisclosure';

/** A metric of a report with what it is made of and the events behind it. */
export function HealthMetric(props: {
  name: HealthMetricName;
  health: HealthResponse;
  children?: ReactNode;
}) {
  const { name, health, children } = props;
  const metric = shownMetric(name, health.metrics);
  const parts = metric.parts ?? [];
  return (
    <MetricDetails
      id={metricAnchor(name)}
      name={name}
      metric={metric}
      trend={metricTrend(name, health)}
      ladder={health.ladder}
    >
      {children}
      {parts.length > 0 ? (
        <PartsTable
          caption={`What goes into ${metricTitle(name)}`}
          parts={parts}
          currency={metric.currency}
          evidence={ids => (
            <EvidenceDisclosure entityRef={health.entityRef} ids={ids} open />
          )}
        />
      ) : null}
      {metric.status === 'not-instrumented' ? null : (
        <EvidenceDisclosure
          entityRef={health.entityRef}
          ids={metric.evidence}
        />
      )}
    </MetricDetails>
  );
}
