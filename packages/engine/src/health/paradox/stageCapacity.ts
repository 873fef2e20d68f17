import type { Paradox } from '../../model';
import {
  counted,
  type MetricContext,
  MIN_MEDIAN_N,
  MIN_RATE_N,
} from '../metrics/metricContext';
import {
  evenWeights,
  pace,
  type Period,
  type StagePeriod,
  stagePeriod,
  throughput,
} from './periods';
import type { StageWork } from './stageWork';

/** Fewest days of the baseline on which a stage was known. */
export const MIN_BASELINE_DAYS = 28;

type StageResult = Paradox['stages'][number];

/** A stage that can be judged, and log(capacity now / baseline) for days drawn from either period. */
export interface JudgedStage {
  result: StageResult;
  changeUnder: (
    now: readonly number[],
    baseline: readonly number[],
  ) => number | undefined;
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function evidenceOf(
  work: StageWork,
  { from, to }: Period,
  { orderEvidence }: MetricContext,
): string[] {
  return orderEvidence(
    (work.evidence ?? work.finished)
      .filter(({ at }) => at >= from && at < to)
      .flatMap(({ events }) => [...events]),
  );
}

/** Why a stage cannot be judged, or `undefined` when it can. */
function obstacle(
  { source, needsSpans }: StageWork,
  now: StagePeriod,
  baseline: StagePeriod,
): Pick<StageResult, 'status' | 'note'> | undefined {
  if (source !== 'connected') {
    return source === 'stale'
      ? {
          status: 'stale',
          note: 'nothing was heard of its source for too long',
        }
      : { status: 'not-instrumented', note: 'no source of it is connected' };
  }
  const done = [now, baseline].map(({ finished, spans }) =>
    needsSpans ? spans.length : sum(finished),
  );
  const least = needsSpans ? MIN_MEDIAN_N : MIN_RATE_N;
  const noun = needsSpans ? 'failure' : 'item';
  if (done[0] === 0) {
    return {
      status: 'no-data',
      note: needsSpans
        ? 'no failure in the window'
        : 'nothing was finished in the window',
    };
  }
  if (Math.min(...done) < least) {
    return {
      status: 'insufficient',
      note: `${counted(done[0], noun)} in the window and ${
        done[1]
      } in the baseline, of at least ${least} each`,
    };
  }
  const known = baseline.period.days.length - baseline.firstDay;
  return known < MIN_BASELINE_DAYS
    ? {
        status: 'insufficient',
        note: `known for ${counted(
          known,
          'day',
        )} before the window, of at least ${MIN_BASELINE_DAYS}`,
      }
    : undefined;
}

/**
 * The capacity of a stage in the window and in the baseline: work finished per day, at the pace of the baseline. Or why
 * there is none.
 */
export function judgeStage(
  work: StageWork,
  periods: { now: Period; baseline: Period },
  context: MetricContext,
): JudgedStage | StageResult {
  const now = stagePeriod(work, periods.now);
  const baseline = stagePeriod(work, periods.baseline);
  const evidence = evidenceOf(work, periods.now, context);
  const unknown = obstacle(work, now, baseline);
  if (unknown) {
    return {
      stage: work.stage,
      ...unknown,
      now: null,
      baseline: null,
      change: null,
      evidence,
    };
  }
  const paced =
    Math.min(now.spans.length, baseline.spans.length) >= MIN_MEDIAN_N;
  const capacities = (
    nowWeights: readonly number[],
    baselineWeights: readonly number[],
  ) => {
    const before = pace(baseline, baselineWeights);
    const after = pace(now, nowWeights);
    const slower =
      paced && before !== undefined && after !== undefined ? after / before : 1;
    return {
      now: throughput(now, nowWeights) / slower,
      baseline: throughput(baseline, baselineWeights),
    };
  };
  const changeUnder: JudgedStage['changeUnder'] = (...weights) => {
    const capacity = capacities(...weights);
    const change = Math.log(capacity.now / capacity.baseline);
    return Number.isFinite(change) ? change : undefined;
  };
  const even = [
    evenWeights(periods.now),
    evenWeights(periods.baseline),
  ] as const;
  return {
    result: {
      stage: work.stage,
      status: 'ok',
      ...capacities(...even),
      change: changeUnder(...even)!,
      ...(!paced && {
        note: 'by what was finished alone: durations are not known',
      }),
      evidence,
    },
    changeUnder,
  };
}
