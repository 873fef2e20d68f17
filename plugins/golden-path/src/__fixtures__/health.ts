import type {
  EventsResponse,
  HealthResponse,
  HealthRollupsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import {
  type Anomaly,
  type HealthMetricName,
  healthMetricNameSchema,
  type Metric,
} from '@goldenpath/engine';
import { entityRef } from './entity';

export function metricFixture(overrides: Partial<Metric>): Metric {
  return {
    status: 'ok',
    value: 0.5,
    unit: 'ratio',
    n: 8,
    evidence: [],
    ...overrides,
  };
}

/** Every metric as `metric` says. */
export function everyMetric(metric: Metric): HealthResponse['metrics'] {
  return Object.fromEntries(
    healthMetricNameSchema.options.map(name => [name, metric]),
  ) as Record<HealthMetricName, Metric>;
}

export const healthResponse: HealthResponse = {
  entityRef,
  environment: 'production',
  window: { from: '2026-10-24T00:00:00Z', to: '2026-11-21T00:00:00Z' },
  metrics: {
    ...everyMetric(
      metricFixture({ status: 'not-instrumented', value: null, n: 0 }),
    ),
    deploymentFrequency: metricFixture({
      unit: 'per-day',
      value: 2.14,
      n: 60,
      evidence: ['d-1', 'd-2'],
    }),
    changeLeadTime: metricFixture({
      unit: 'seconds',
      value: 11_520,
      n: 41,
      band: 'elite',
      quantiles: { p50: 11_520, p75: 20_000, p90: 90_000 },
      evidence: ['d-1'],
    }),
    changeFailRate: metricFixture({
      status: 'insufficient',
      value: 0.5,
      n: 2,
      numerator: 1,
      denominator: 2,
      band: 'low',
      evidence: ['d-1'],
    }),
    failedDeploymentRecoveryTime: metricFixture({
      status: 'no-data',
      unit: 'seconds',
      value: null,
      n: 0,
    }),
    deploymentReworkRate: metricFixture({
      status: 'not-instrumented',
      value: null,
      n: 0,
    }),
    timeToRestore: metricFixture({
      status: 'stale',
      unit: 'seconds',
      value: null,
      n: 0,
    }),
  },
};

export const eventsResponse: EventsResponse = {
  entityRef,
  items: [
    {
      id: 'd-1',
      source: '/ci/orders',
      type: 'dev.cdevents.service.deployed.0.3.0',
      at: '2026-11-19T09:00:00Z',
      receivedAt: '2026-11-19T09:00:05Z',
      environment: 'production',
      title: 'orders 4.2.0 deployed',
      body: { subject: { id: 'orders-4.2.0' } },
    },
  ],
};

export function anomalyFixture(overrides: Partial<Anomaly> = {}): Anomaly {
  return {
    id: 'a-1',
    metric: 'changeFailRate',
    method: 'binomial-tail',
    at: '2026-11-19T00:00:00Z',
    direction: 'higher',
    worse: true,
    observed: 0.4,
    expected: 0.1,
    unit: 'ratio',
    pValue: 0.0009,
    n: 12,
    message: '8 of 20 deployments failed, where 2 were to be expected',
    evidence: ['d-2'],
    ...overrides,
  };
}

export const healthRollups: HealthRollupsResponse = {
  environment: 'production',
  window: healthResponse.window,
  groups: [
    {
      group: 'group:default/shop',
      entities: 4,
      instrumented: 3,
      metrics: {
        changeFailRate: metricFixture({
          value: 6 / 48,
          n: 48,
          numerator: 6,
          denominator: 48,
          interval: { low: 0.0586, high: 0.247 },
        }),
      },
      anomalies: 1,
    },
    { group: null, entities: 1, instrumented: 0, metrics: {}, anomalies: 0 },
  ],
};
