import { cusumSignals } from '../statistics/cusum';
import type { BetaPrior } from '../statistics/empiricalBayes';
import { ewmaChart } from '../statistics/ewma';
import { robustScale } from '../statistics/modifiedZ';
import {
  binomialUpperTail,
  normalUpperTail,
  poissonUpperTail,
  quantileResidual,
} from '../statistics/tails';
import { medianOf } from '../quantiles';
import {
  expectedRate,
  expectedShare,
  type Judgement,
  scaled,
  unscaled,
} from './judgePoint';
import {
  type MetricSeries,
  MIN_POINTS,
  type SeriesPoint,
} from './metricSeries';

/** The latest points, which do not make the baseline that they are held against. */
const RECENT_POINTS = { day: 14, week: 8 };
const LAMBDA = 0.3;
const EWMA_LIMIT = 3;

/** A drift that stands at the last point. */
export interface Drift extends Judgement {
  /** The point at which it crossed the limit. */
  point: SeriesPoint;
  /** The point at which it probably began, where the method tells. */
  onset?: SeriesPoint;
}

interface Baseline {
  known: SeriesPoint[];
  /** The baseline points a point is compared with. */
  of: (point: SeriesPoint) => readonly SeriesPoint[];
  size: number;
}

function baselineOf({
  points,
  bucket,
}: Pick<MetricSeries, 'points' | 'bucket'>): Baseline | undefined {
  const known = points.filter(({ value }) => value !== null);
  const earlier = known.slice(0, -RECENT_POINTS[bucket]);
  const seasons = new Map<number | undefined, SeriesPoint[]>();
  for (const point of earlier) {
    const season = seasons.get(point.season) ?? [];
    season.push(point);
    seasons.set(point.season, season);
  }
  const isThin =
    earlier.length < MIN_POINTS ||
    known.some(({ season }) => (seasons.get(season)?.length ?? 0) < MIN_POINTS);
  return isThin
    ? undefined
    : {
        known,
        of: ({ season }) => seasons.get(season)!,
        size: earlier.length,
      };
}

/** Durations and costs: the moving average of what is left when the usual level of the weekday is taken off. */
function levelDrift(
  kind: MetricSeries['kind'],
  { known, of, size }: Baseline,
): Drift | undefined {
  const usual = (point: SeriesPoint) =>
    medianOf(of(point).map(({ value }) => scaled(kind, value!)))!;
  const residuals = known.map(
    point => scaled(kind, point.value!) - usual(point),
  );
  const scale = robustScale(residuals.slice(0, size));
  if (!scale) {
    return undefined;
  }
  const { averages, limits } = ewmaChart(residuals, {
    target: scale.centre,
    sigma: scale.sigma,
    lambda: LAMBDA,
    limit: EWMA_LIMIT,
  });
  const sideOf = (average: number) => {
    if (average > limits.high) {
      return 'higher';
    }
    return average < limits.low ? 'lower' : undefined;
  };
  const direction = sideOf(averages.at(-1)!);
  if (!direction) {
    return undefined;
  }
  const index =
    averages.findLastIndex(average => sideOf(average) !== direction) + 1;
  const point = known[index];
  const statistic =
    (EWMA_LIMIT * (averages[index] - scale.centre)) /
    (limits.high - scale.centre);
  return {
    method: 'ewma',
    direction,
    point,
    observed: unscaled(kind, usual(point) + averages[index]),
    expected: unscaled(kind, usual(point) + scale.centre),
    statistic,
    pValue: normalUpperTail(Math.abs(statistic)),
    n: size,
    crosses: true,
  };
}

/** Counts and rates: the sum of what goes beyond chance. */
function countDrift(
  kind: MetricSeries['kind'],
  { known, of, size }: Baseline,
  prior: BetaPrior | undefined,
): Drift | undefined {
  const expectedOf = (point: SeriesPoint) =>
    kind === 'count'
      ? expectedRate(of(point)) * (point.exposure ?? 1)
      : expectedShare(of(point), prior);
  const residuals = known.map(point => {
    const expected = expectedOf(point);
    const { value, numerator = 0, denominator = 0 } = point;
    return kind === 'count'
      ? quantileResidual(
          poissonUpperTail(value!, expected),
          poissonUpperTail(value! + 1, expected),
        )
      : quantileResidual(
          binomialUpperTail(numerator, denominator, expected),
          binomialUpperTail(numerator + 1, denominator, expected),
        );
  });
  const [signal] = cusumSignals(residuals, { target: 0, sigma: 1 });
  if (!signal) {
    return undefined;
  }
  const since = known.slice(signal.onset);
  const sum = (numbers: readonly number[]) =>
    numbers.reduce((total, value) => total + value, 0);
  const { observed, expected } =
    kind === 'count'
      ? {
          observed: sum(since.map(({ value }) => value!)) / since.length,
          expected: sum(since.map(expectedOf)) / since.length,
        }
      : {
          observed:
            sum(since.map(({ numerator }) => numerator ?? 0)) /
            sum(since.map(({ denominator }) => denominator ?? 0)),
          expected: sum(since.map(expectedOf)) / since.length,
        };
  return {
    method: 'cusum',
    direction: signal.direction,
    point: known[signal.index],
    onset: known[signal.onset],
    observed,
    expected,
    statistic: signal.statistic,
    n: size,
    crosses: true,
  };
}

/**
 * A slow drift that stands at the last point, against a baseline of the points before the latest 14 days or 8 weeks:
 * durations and costs by EWMA (lambda 0.3, L 3), counts and rates by CUSUM (k 0.5, h 5).
 */
export function judgeDrift(
  series: Pick<MetricSeries, 'kind' | 'points' | 'bucket'>,
  prior?: BetaPrior,
): Drift | undefined {
  const baseline = baselineOf(series);
  if (!baseline) {
    return undefined;
  }
  return series.kind === 'duration' || series.kind === 'cost'
    ? levelDrift(series.kind, baseline)
    : countDrift(series.kind, baseline, prior);
}
