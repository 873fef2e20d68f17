import type { HealthReport, Metric, QuickCheck } from '../model';
import type { FrequencyDays } from './bands';
import { frequencyDays } from './metrics/deploymentFrequency';
import { type MetricContext, MIN_MEDIAN_N } from './metrics/metricContext';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MONTH_DAYS = 30;
const SIX_MONTHS_DAYS = 180;
/** Upper ends of the answers 6 to 2, in seconds; what lasts longer is answer 1. */
const TIME_CLASSES = [
  HOUR,
  DAY,
  7 * DAY,
  MONTH_DAYS * DAY,
  SIX_MONTHS_DAYS * DAY,
];

/** DORA's answer to a duration, from 6 (less than an hour) to 1 (more than six months). */
export function timeClass(seconds: number): number {
  const index = TIME_CLASSES.findIndex(end => seconds < end);
  return index === -1 ? 1 : 6 - index;
}

/**
 * DORA's answer to a deployment frequency, by Apache DevLake's rule: 6 with five or more days a week (on demand), 4 with
 * one or more, 3 with one or more a month, 2 once in six months, else 1. Answer 5, hourly to daily, cannot be told from
 * days. `undefined` when the window is too short to tell.
 */
export function frequencyClass({
  perWeek,
  perMonth,
  perSixMonths,
}: FrequencyDays): number | undefined {
  if (perWeek >= 5) {
    return 6;
  }
  if (perWeek >= 1) {
    return 4;
  }
  if (perMonth !== null && perMonth >= 1) {
    return 3;
  }
  if (perMonth === null || perSixMonths === null) {
    return undefined;
  }
  return perSixMonths >= 1 ? 2 : 1;
}

/** Score of an answer, 1 to 6: `(answer - 1) / 5 * 10`. */
export function answerScore(answer: number): number {
  return ((answer - 1) / 5) * 10;
}

/** Score of a rate, 0 to 1: `10 - percent / 10`. */
export function rateScore(rate: number): number {
  return 10 - rate * 10;
}

/** The mean of the scores there are; null without one. */
export function meanScore(scores: readonly (number | null)[]): number | null {
  const known = scores.filter(score => score !== null);
  return known.length === 0
    ? null
    : known.reduce((sum, score) => sum + score, 0) / known.length;
}

function scoreOf(
  { status, value }: Metric,
  score: (value: number) => number,
): number | null {
  return status === 'ok' && value !== null ? score(value) : null;
}

function frequencyScore(metric: Metric, context: MetricContext): number | null {
  const days = metric.status === 'ok' ? frequencyDays(context) : undefined;
  const answer =
    days && days.weeks >= MIN_MEDIAN_N ? frequencyClass(days) : undefined;
  return answer === undefined ? null : answerScore(answer);
}

/**
 * DORA's Quick Check (dora.dev, five metrics since 2025): every measured value is put into its answer class and scored 0 to
 * 10, throughput is the mean of the three timed metrics, stability that of the two rates, overall that of all. A metric
 * that is not judged has no score and is left out of the means: never the worst, and never the best. A rework rate is
 * left out as well where nothing could have told of rework.
 */
export function quickCheck(
  metrics: HealthReport['metrics'],
  context: MetricContext,
): QuickCheck {
  const timed = (metric: Metric) =>
    scoreOf(metric, seconds => answerScore(timeClass(seconds)));
  const scores = {
    changeLeadTime: timed(metrics.changeLeadTime),
    deploymentFrequency: frequencyScore(metrics.deploymentFrequency, context),
    failedDeploymentRecoveryTime: timed(metrics.failedDeploymentRecoveryTime),
    changeFailRate: scoreOf(metrics.changeFailRate, rateScore),
    deploymentReworkRate:
      context.sources.failures === 'absent'
        ? null
        : scoreOf(metrics.deploymentReworkRate, rateScore),
  };
  const throughput = [
    scores.changeLeadTime,
    scores.deploymentFrequency,
    scores.failedDeploymentRecoveryTime,
  ];
  const stability = [scores.changeFailRate, scores.deploymentReworkRate];
  return {
    scores,
    throughput: meanScore(throughput),
    stability: meanScore(stability),
    overall: meanScore([...throughput, ...stability]),
    known: Object.values(scores).filter(score => score !== null).length,
  };
}
