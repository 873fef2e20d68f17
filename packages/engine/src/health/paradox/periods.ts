import { resampleWeights, type RandomSource } from '../statistics/bootstrap';
import type { StageWork } from './stageWork';
import { bySeconds, type DatedSpan, weightedMedian } from './weightedMedian';

const DAY_MS = 86_400_000;

/** A stretch of whole days; the last may be cut short. Times in milliseconds since the epoch. */
export interface Period {
  from: number;
  to: number;
  /** Length of each day, 1 but for the last. */
  days: number[];
}

export function periodOf(from: number, to: number): Period {
  const length = Math.max(0, (to - from) / DAY_MS);
  const days: number[] = new Array(Math.ceil(length)).fill(1);
  if (days.length > 0) {
    days[days.length - 1] = length - (days.length - 1);
  }
  return { from, to, days };
}

/** Each day once. */
export function evenWeights({ days }: Period): number[] {
  return days.map(() => 1);
}

/** Days drawn with replacement. */
export function drawDays({ days }: Period, random: RandomSource): number[] {
  return resampleWeights(days.length, random);
}

/** The position of the instant's day in the period; `undefined` outside. */
function dayOf(at: number, { from, to }: Period): number | undefined {
  return at >= from && at < to ? Math.floor((at - from) / DAY_MS) : undefined;
}

/** Counts per day of the period. */
export function dailyCounts(
  times: readonly number[],
  period: Period,
): number[] {
  const counts = period.days.map(() => 0);
  for (const at of times) {
    const day = dayOf(at, period);
    if (day !== undefined) {
      counts[day] += 1;
    }
  }
  return counts;
}

/** Weighted counts per day of the days from `firstDay` on. */
export function rateOfDays(
  counts: readonly number[],
  { days }: Period,
  weights: readonly number[],
  firstDay = 0,
): number {
  let count = 0;
  let length = 0;
  for (let day = firstDay; day < days.length; day++) {
    count += weights[day] * counts[day];
    length += weights[day] * days[day];
  }
  return count / length;
}

/** The work of one stage in one period, by day. */
export interface StagePeriod {
  period: Period;
  /** Days before it do not count: the stage was not seen yet. */
  firstDay: number;
  finished: number[];
  found: number[];
  settled: number[];
  /** Sorted by `bySeconds`. */
  spans: DatedSpan[];
  spansPerDay: number[];
}

export function stagePeriod(work: StageWork, period: Period): StagePeriod {
  const first = work.finished.reduce(
    (earliest, { at }) => Math.min(earliest, at),
    Infinity,
  );
  return {
    period,
    firstDay:
      first <= period.from ? 0 : Math.floor((first - period.from) / DAY_MS),
    finished: dailyCounts(
      work.finished.map(({ at }) => at),
      period,
    ),
    found: dailyCounts(work.found, period),
    settled: dailyCounts(work.settled, period),
    spansPerDay: dailyCounts(
      work.spans.map(({ at }) => at),
      period,
    ),
    spans: work.spans
      .flatMap(({ at, seconds, ended }): DatedSpan[] => {
        const day = dayOf(at, period);
        return day === undefined ? [] : [{ day, seconds, ended }];
      })
      .sort(bySeconds),
  };
}

function weightedSum(
  counts: readonly number[],
  weights: readonly number[],
): number {
  let sum = 0;
  for (let day = 0; day < counts.length; day++) {
    sum += counts[day] * weights[day];
  }
  return sum;
}

/**
 * Work finished per day, times the share of what it brought to light that was settled: (settled + 1) / (found + 1), never
 * above 1. One is added so that a single finding does not make it nothing.
 */
export function throughput(
  stage: StagePeriod,
  weights: readonly number[],
): number {
  const found = weightedSum(stage.found, weights);
  const keptUp =
    found === 0
      ? 1
      : Math.min(1, (weightedSum(stage.settled, weights) + 1) / (found + 1));
  return (
    keptUp * rateOfDays(stage.finished, stage.period, weights, stage.firstDay)
  );
}

/** Median seconds of a piece of work, at least one; `undefined` without any. */
export function pace(
  stage: StagePeriod,
  weights: readonly number[],
): number | undefined {
  const seconds = weightedMedian(
    stage.spans,
    weights,
    weightedSum(stage.spansPerDay, weights),
  );
  return seconds === undefined ? undefined : Math.max(1, seconds);
}
