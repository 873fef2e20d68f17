import type { Anomaly } from '../../model';
import {
  type BetaPrior,
  JEFFREYS_PRIOR,
  shrunkenRate,
} from '../statistics/empiricalBayes';
import { modifiedZ } from '../statistics/modifiedZ';
import {
  binomialUpperTail,
  normalUpperTail,
  poissonUpperTail,
} from '../statistics/tails';
import { medianOf } from '../quantiles';
import {
  type MetricSeries,
  MIN_POINTS,
  type SeriesPoint,
} from './metricSeries';

/** From here on a modified z is an outlier. */
const MODIFIED_Z_LIMIT = 3.5;
/** One side of three standard deviations. */
const TAIL_LIMIT = 0.00135;

/** What a point says against its history. */
export interface Judgement {
  method: Anomaly['method'];
  direction: Anomaly['direction'];
  observed: number;
  expected: number;
  statistic?: number;
  /** One-sided; absent where the method has none. */
  pValue?: number;
  /** Points of history. */
  n: number;
  /** Whether the rule of the method is met. */
  crosses: boolean;
}

function total(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** A count that history leads to expect in one unit of exposure; half an event is added, so that none is not never. */
export function expectedRate(history: readonly SeriesPoint[]): number {
  return (
    (total(history.map(({ value }) => value ?? 0)) + 0.5) /
    total(history.map(({ exposure }) => exposure ?? 1))
  );
}

/** The rate that history leads to expect, shrunken towards the prior. */
export function expectedShare(
  history: readonly SeriesPoint[],
  prior: BetaPrior = JEFFREYS_PRIOR,
): number {
  return shrunkenRate(
    {
      events: total(history.map(({ numerator }) => numerator)),
      n: total(history.map(({ denominator }) => denominator)),
    },
    prior,
  );
}

/** A duration as its logarithm, a cost as it is. */
export function scaled(kind: MetricSeries['kind'], value: number): number {
  return kind === 'duration' ? Math.log(Math.max(1, value)) : value;
}

export function unscaled(kind: MetricSeries['kind'], value: number): number {
  return kind === 'duration' ? Math.exp(value) : value;
}

/** The known points before the given one that it may be compared with. */
export function historyOf(
  points: readonly SeriesPoint[],
  index: number,
): SeriesPoint[] {
  const { season } = points[index];
  return points
    .slice(0, index)
    .filter(point => point.value !== null && point.season === season);
}

function judgeLevel(
  kind: MetricSeries['kind'],
  value: number,
  history: readonly SeriesPoint[],
): Judgement | undefined {
  const levels = history.map(point => scaled(kind, point.value!));
  const statistic = modifiedZ(scaled(kind, value), levels);
  return statistic === undefined
    ? undefined
    : {
        method: 'modified-z',
        direction: statistic > 0 ? 'higher' : 'lower',
        observed: value,
        expected: unscaled(kind, medianOf(levels)!),
        statistic,
        pValue: normalUpperTail(Math.abs(statistic)),
        n: history.length,
        crosses: Math.abs(statistic) > MODIFIED_Z_LIMIT,
      };
}

function judgeTail(
  method: 'poisson-tail' | 'binomial-tail',
  judged: { observed: number; expected: number; pValue: number; n: number },
): Judgement {
  return {
    method,
    direction: 'higher',
    ...judged,
    crosses: judged.pValue < TAIL_LIMIT,
  };
}

/**
 * Judges one point by the points before it: durations (as logarithms) and costs by the modified z, counts by the upper
 * tail of Poisson's distribution with the baseline scaled to the point's exposure, rates by the upper binomial tail on
 * a shrunken baseline.
 *
 * @returns `undefined` when nothing can be said: below eight points of history, an unknown point, or a history in which
 * all values are the same.
 */
export function judgePoint(
  { kind, points }: Pick<MetricSeries, 'kind' | 'points'>,
  index: number,
  prior?: BetaPrior,
): Judgement | undefined {
  const point = points[index];
  const { value, numerator = 0, denominator = 0, exposure = 1 } = point;
  const history = historyOf(points, index);
  if (value === null || history.length < MIN_POINTS) {
    return undefined;
  }
  const n = history.length;
  if (kind === 'duration' || kind === 'cost') {
    return judgeLevel(kind, value, history);
  }
  if (kind === 'count') {
    const expected = expectedRate(history) * exposure;
    return judgeTail('poisson-tail', {
      observed: value,
      expected,
      pValue: poissonUpperTail(value, expected),
      n,
    });
  }
  const expected = expectedShare(history, prior);
  return denominator === 0
    ? undefined
    : judgeTail('binomial-tail', {
        observed: value,
        expected,
        pValue: binomialUpperTail(numerator, denominator, expected),
        n,
      });
}
