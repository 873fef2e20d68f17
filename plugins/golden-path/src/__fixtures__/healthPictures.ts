import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Metric, ObjectiveBudget } from '@goldenpath/engine';
import { everyMetric, healthResponse, metricFixture } from './health';

/*
 * What can be known of an entity, from everything to nothing.
 */

const absent = metricFixture({
  status: 'not-instrumented',
  value: null,
  n: 0,
});

export function objectiveFixture(
  overrides: Partial<ObjectiveBudget> = {},
): ObjectiveBudget {
  return {
    name: 'availability',
    target: 0.999,
    periodDays: 30,
    method: 'Occurrences',
    measuredAt: '2026-11-20T23:55:00Z',
    status: 'ok',
    errorRate: 0.00038,
    consumed: 0.38,
    remaining: 0.62,
    hoursLeft: 76,
    burnRates: [
      { seconds: 300, burnRate: 15.2, bad: 38, valid: 2_500 },
      { seconds: 3_600, burnRate: 14.9, bad: 447, valid: 30_000 },
      { seconds: 21_600, burnRate: null },
    ],
    alerts: [
      {
        severity: 'page',
        longSeconds: 3_600,
        shortSeconds: 300,
        threshold: 14.4,
        budgetShare: 0.02,
        state: 'firing',
      },
      {
        severity: 'page',
        longSeconds: 21_600,
        shortSeconds: 1_800,
        threshold: 6,
        budgetShare: 0.05,
        state: 'no-traffic',
      },
      {
        severity: 'ticket',
        longSeconds: 259_200,
        shortSeconds: 21_600,
        threshold: 1,
        budgetShare: 0.1,
        state: 'quiet',
      },
    ],
    burnDown: [
      { at: '2026-10-24T00:00:00Z', remaining: 1 },
      { at: '2026-11-01T00:00:00Z', remaining: 0.93 },
      { at: '2026-11-10T00:00:00Z', remaining: 0.71 },
      { at: '2026-11-20T23:55:00Z', remaining: 0.62 },
    ],
    url: 'https://prometheus.example.com/graph',
    ...overrides,
  };
}

/** An error budget made of objectives, led by the one that is worst off. */
export function budgetMetric(objectives: ObjectiveBudget[]): Metric {
  const known = objectives.flatMap(({ remaining }) => remaining ?? []);
  return metricFixture({
    value: known.length === 0 ? null : Math.min(...known),
    n: objectives.length,
    objectives,
    evidence: ['s-1'],
  });
}

function ratio(numerator: number, denominator: number): Partial<Metric> {
  return {
    value: numerator / denominator,
    n: denominator,
    numerator,
    denominator,
    interval: { low: 0.04, high: 0.31 },
    evidence: ['d-1'],
  };
}

function span(seconds: number, n: number): Metric {
  return metricFixture({
    unit: 'seconds',
    value: seconds,
    n,
    quantiles: { p50: seconds, p75: seconds * 1.5, p90: seconds * 4 },
    evidence: ['d-1'],
  });
}

const trendWindows = [
  { from: '2026-08-29T00:00:00Z', to: '2026-09-26T00:00:00Z' },
  { from: '2026-09-26T00:00:00Z', to: '2026-10-24T00:00:00Z' },
];

function trendOf(...values: (number | null)[]) {
  return values.map((value, index) => ({
    ...trendWindows[index],
    status: value === null ? ('no-data' as const) : ('ok' as const),
    value,
    n: value === null ? 0 : 20,
  }));
}

/** Everything is known. */
export const fullHealth: HealthResponse = {
  ...healthResponse,
  computedAt: '2026-11-21T00:00:00Z',
  environments: ['production', 'staging'],
  metrics: {
    ...everyMetric(absent),
    deploymentFrequency: metricFixture({
      unit: 'per-day',
      value: 60 / 28,
      n: 60,
      numerator: 60,
      denominator: 28,
      deployDaysPerWeek: 5,
      band: 'elite',
      evidence: ['d-1', 'd-2'],
    }),
    changeLeadTime: {
      ...span(11_520, 41),
      band: 'elite',
      stages: { commitToMerge: 9_000, mergeToDeploy: 2_520 },
    },
    changeFailRate: metricFixture({
      ...ratio(6, 48),
      band: 'medium',
      pending: 3,
      suspected: 1,
    }),
    failedDeploymentRecoveryTime: { ...span(5_400, 6), band: 'high' },
    deploymentReworkRate: metricFixture({ ...ratio(4, 60), band: 'high' }),
    timeToRestore: { ...span(7_200, 5), mean: 9_000 },
    deliveryFailureRate: metricFixture(ratio(3, 63)),
    errorBudget: budgetMetric([objectiveFixture()]),
    findingsPerRelease: metricFixture({
      unit: 'count',
      value: 7 / 48,
      n: 48,
      numerator: 7,
      denominator: 48,
      interval: { low: 0.06, high: 0.3 },
      parts: [
        { name: 'critical', value: 1, unit: 'count', evidence: ['sc-1'] },
        { name: 'high', value: 6, unit: 'count', evidence: [] },
        {
          name: 'coverage',
          value: 0.8,
          unit: 'ratio',
          numerator: 48,
          denominator: 60,
          evidence: [],
        },
      ],
      evidence: ['sc-1'],
    }),
    costPerChange: metricFixture({
      unit: 'currency',
      currency: 'EUR',
      value: 7,
      n: 60,
      numerator: 420,
      denominator: 60,
      parts: [
        { name: 'compute', value: 380, unit: 'currency', evidence: [] },
        {
          name: 'ci',
          value: 40,
          unit: 'currency',
          estimate: true,
          note: '800 minutes at 0.05 each',
          evidence: [],
        },
      ],
      evidence: ['c-1'],
    }),
    flagStaleness: metricFixture({
      ...ratio(2, 8),
      parts: [{ name: 'overdueDays', value: 21, unit: 'count', evidence: [] }],
    }),
    rerunRate: metricFixture(ratio(9, 120)),
    approvalWait: span(4_800, 14),
    toil: metricFixture({
      unit: 'seconds',
      value: 52_000,
      n: 23,
      parts: [
        { name: 'approvals', value: 40_000, unit: 'seconds', evidence: [] },
        {
          name: 'trigger',
          value: 12_000,
          unit: 'seconds',
          n: 20,
          estimate: true,
          note: '20 manual triggers at 10 minutes each',
          evidence: [],
        },
      ],
    }),
    offHours: metricFixture(ratio(5, 60)),
    testTime: span(420, 300),
    aiShare: metricFixture(ratio(18, 41)),
  },
  quickCheck: {
    scores: {
      changeLeadTime: 8,
      deploymentFrequency: 10,
      failedDeploymentRecoveryTime: 8,
      changeFailRate: 8.75,
      deploymentReworkRate: null,
    },
    throughput: 26 / 3,
    stability: 8.75,
    overall: 8.6875,
    known: 4,
  },
  trends: {
    deploymentFrequency: trendOf(1, 1.5),
    changeFailRate: trendOf(0.05, 0.08),
    changeLeadTime: trendOf(null, 11_600),
    failedDeploymentRecoveryTime: trendOf(null, null),
  },
  aiOutcomes: {
    status: 'ok',
    exposed: 14,
    unexposed: 31,
    comparisons: [
      {
        outcome: 'changeFail',
        status: 'ok',
        exposed: { events: 1, n: 14 },
        unexposed: { events: 2, n: 31 },
        difference: 1 / 14 - 2 / 31,
        interval: { low: -0.13, high: 0.25 },
        pValue: 1,
        probabilityWorse: 0.55,
        stratified: { difference: 0.01, interval: { low: -0.15, high: 0.2 } },
        verdict: 'no-difference-shown',
        needed: 120,
        message: 'No difference is shown in how often deployments fail.',
        evidence: ['d-1'],
      },
      {
        outcome: 'slowRecovery',
        status: 'insufficient',
        exposed: { events: 1, n: 1 },
        unexposed: { events: 1, n: 2 },
        difference: null,
        verdict: 'too-few',
        needed: 9,
        message: 'Too few failed deployments to compare their recovery.',
        evidence: [],
      },
    ],
  },
  paradox: {
    status: 'ok',
    index: 0.34,
    interval: { low: 0.11, high: 0.58 },
    volume: { now: 3, baseline: 2, evidence: ['d-1'] },
    stages: [
      {
        stage: 'test',
        status: 'ok',
        now: 9,
        baseline: 9.4,
        change: -0.043,
        evidence: ['d-1'],
      },
      {
        stage: 'security',
        status: 'not-instrumented',
        now: null,
        baseline: null,
        change: null,
        evidence: [],
      },
      {
        stage: 'deploy',
        status: 'ok',
        now: 4,
        baseline: 3.8,
        change: 0.051,
        evidence: [],
      },
      {
        stage: 'recover',
        status: 'ok',
        now: 1.2,
        baseline: 1.3,
        change: -0.08,
        evidence: ['i-1', 'd-2'],
      },
    ],
    weakest: 'recover',
    message:
      'Changes grew by half while recovery got slower: recovery gives way.',
  },
};

/** Nothing has ever arrived. */
export const silentHealth: HealthResponse = {
  ...healthResponse,
  metrics: everyMetric(absent),
};

/** Incidents arrive, and nobody reports deployments. */
export const undeployedHealth: HealthResponse = {
  ...healthResponse,
  metrics: { ...everyMetric(absent), timeToRestore: span(7_200, 5) },
};

/** Two deployments, with what an engine says that judges frequency from any number. */
export const fewHealth: HealthResponse = {
  ...healthResponse,
  metrics: {
    ...everyMetric(absent),
    deploymentFrequency: metricFixture({
      unit: 'per-day',
      value: 2 / 28,
      n: 2,
      numerator: 2,
      denominator: 28,
      band: 'medium',
      evidence: ['d-1', 'd-2'],
    }),
    changeLeadTime: { ...span(11_520, 4), band: 'elite' },
    changeFailRate: metricFixture({
      ...ratio(0, 2),
      status: 'insufficient',
      band: 'elite',
    }),
    failedDeploymentRecoveryTime: metricFixture({
      status: 'no-data',
      unit: 'seconds',
      value: null,
      n: 0,
      note: 'no failed deployment',
    }),
    deploymentReworkRate: metricFixture({
      ...ratio(0, 2),
      status: 'insufficient',
    }),
  },
  trends: { changeLeadTime: trendOf(null, 20_000) },
};

/** The source was not heard of for weeks. */
export const staleHealth: HealthResponse = {
  ...healthResponse,
  metrics: everyMetric(
    metricFixture({ status: 'stale', value: null, n: 0, band: 'elite' }),
  ),
};
