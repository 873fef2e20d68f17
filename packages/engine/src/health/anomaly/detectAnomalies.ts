import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { Anomaly } from '../../model';
import { fullEntityRef } from '../entityRefForm';
import { benjaminiHochberg } from '../statistics/benjaminiHochberg';
import type { BetaPrior } from '../statistics/empiricalBayes';
import { anomalyMessage } from './anomalyMessage';
import { type Drift, judgeDrift } from './judgeDrift';
import { historyOf, type Judgement, judgePoint } from './judgePoint';
import {
  type MetricSeries,
  MIN_POINTS,
  type SeriesPoint,
} from './metricSeries';

/** Accepted share of false discoveries over the metrics of an entity. */
const DISCOVERY_RATE = 0.05;
/** An anomaly is shown while it was last seen among this many latest points. */
const SHOWN_POINTS = { day: 7, week: 2 };
/** A quiet point in between does not end an anomaly, two do. */
const QUIET_POINTS = 1;

/** Somebody took note of an anomaly: its metric's history starts anew there. @public */
export interface AcknowledgedStep {
  metric: string;
  /** ISO 8601; points that begin before it are dropped. */
  at: string;
}

/** @public */
export interface AnomalyInput {
  entityRef: string;
  environment: string;
  series: readonly MetricSeries[];
  /** Points that end after it are passed over. */
  now: Date;
  acknowledged?: readonly AcknowledgedStep[];
  /** How rates spread over all entities, by metric, as `empiricalBayesPrior` finds it; Jeffreys' prior by default. */
  priors?: Readonly<Record<string, BetaPrior | undefined>>;
}

/** A metric of which nothing can be said, and why. @public */
export interface UnjudgedSeries {
  metric: string;
  /** Points of history there are. */
  n: number;
  message: string;
}

/** @public */
export interface AnomalyResult {
  anomalies: Anomaly[];
  /** Metrics with too short a history, which is no sign that they are well. */
  unjudged: UnjudgedSeries[];
}

interface JudgedPoint extends Judgement {
  series: MetricSeries;
  index: number;
  point: SeriesPoint;
  onset?: SeriesPoint;
}

/** The points that count: complete ones since the latest acknowledged step. */
function restart(
  series: MetricSeries,
  { now, acknowledged = [] }: AnomalyInput,
): MetricSeries {
  const restartAt = Math.max(
    -Infinity,
    ...acknowledged
      .filter(({ metric }) => metric === series.metric)
      .map(({ at }) => Date.parse(at)),
  );
  return {
    ...series,
    points: series.points.filter(
      ({ from, to }) =>
        Date.parse(from) >= restartAt && Date.parse(to) <= now.getTime(),
    ),
  };
}

function judgeSeries(
  series: MetricSeries,
  prior: BetaPrior | undefined,
): JudgedPoint[] {
  return series.points.flatMap((point, index) => {
    const judgement = judgePoint(series, index, prior);
    return judgement ? [{ ...judgement, series, index, point }] : [];
  });
}

/** Those that hold among all metrics judged for the same window, with adjusted p values. */
function controlDiscoveries<T extends Judgement & { point: SeriesPoint }>(
  judged: readonly T[],
): T[] {
  const families = new Map<string, T[]>();
  for (const judgement of judged) {
    const family = families.get(judgement.point.to) ?? [];
    family.push(judgement);
    families.set(judgement.point.to, family);
  }
  return [...families.values()].flatMap(family => {
    const tested = family.filter(({ pValue }) => pValue !== undefined);
    const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue!));
    return [
      ...family.filter(({ pValue }) => pValue === undefined),
      ...tested
        .map((judgement, index) => ({ ...judgement, pValue: adjusted[index] }))
        .filter(({ pValue }) => pValue <= DISCOVERY_RATE),
    ].filter(({ crosses }) => crosses);
  });
}

/** Runs of points that cross on the same side: the first stands for the run. */
function currentRuns(flagged: readonly JudgedPoint[]): JudgedPoint[] {
  return (['higher', 'lower'] as const).flatMap(direction => {
    const side = flagged.filter(point => point.direction === direction);
    const last = side.at(-1);
    if (!last) {
      return [];
    }
    const { points, bucket } = last.series;
    if (last.index < points.length - SHOWN_POINTS[bucket]) {
      return [];
    }
    let first = last;
    for (const earlier of side.toReversed()) {
      if (first.index - earlier.index > QUIET_POINTS + 1) {
        break;
      }
      first = earlier;
    }
    return [first];
  });
}

function idOf(
  { entityRef, environment }: AnomalyInput,
  metric: string,
  direction: string,
  at: string,
): string {
  const name = [
    fullEntityRef(entityRef),
    environment,
    metric,
    direction,
    new Date(at).toISOString(),
  ].join('\n');
  return bytesToHex(sha256(utf8ToBytes(name))).slice(0, 32);
}

function toAnomaly(judged: JudgedPoint, input: AnomalyInput): Anomaly {
  const { series, point, onset, direction } = judged;
  return {
    id: idOf(input, series.metric, direction, point.from),
    metric: series.metric,
    method: judged.method,
    at: point.from,
    until: point.to,
    direction,
    worse: direction === series.worseWhen,
    observed: judged.observed,
    expected: judged.expected,
    unit: series.unit,
    ...(judged.pValue !== undefined && { pValue: judged.pValue }),
    ...(judged.statistic !== undefined && { statistic: judged.statistic }),
    n: judged.n,
    message: anomalyMessage(series, judged, {
      from: point.from,
      onset: onset?.from,
    }),
    evidence: point.evidence,
  };
}

function unjudgedOf(series: MetricSeries): UnjudgedSeries[] {
  const { points, metric, bucket } = series;
  const n =
    points.length === 0 ? 0 : historyOf(points, points.length - 1).length;
  return n >= MIN_POINTS
    ? []
    : [
        {
          metric,
          n,
          message: `${n} of at least ${MIN_POINTS} ${
            bucket === 'day' ? 'days of the same weekday' : 'weeks'
          } of history: not judged yet`,
        },
      ];
}

/**
 * Finds observations that a metric's own history does not explain. Every point is judged by those before it, by the
 * method of its kind; over the metrics of the entity the false discovery rate is kept at 5 % for each window. Points that
 * follow each other are one anomaly, whose id stays the same as long as it lasts. A drift is looked for where no single
 * point stands out. Below eight points nothing is said of a metric, and that is said. Pure.
 *
 * @throws RangeError for an acknowledged step whose `at` is no date.
 *
 * @public
 */
export function detectAnomalies(input: AnomalyInput): AnomalyResult {
  const { priors = {} } = input;
  for (const { metric, at } of input.acknowledged ?? []) {
    if (Number.isNaN(Date.parse(at))) {
      throw new RangeError(
        `the acknowledged step of '${metric}' is at '${at}': give an ISO 8601 instant`,
      );
    }
  }
  const series = input.series.map(each => restart(each, input));
  const flagged = controlDiscoveries(
    series.flatMap(each => judgeSeries(each, priors[each.metric])),
  ).sort((a, b) => a.index - b.index);
  const runs = series.flatMap(each =>
    currentRuns(flagged.filter(point => point.series === each)),
  );
  const drifts = controlDiscoveries(
    series.flatMap((each): (Drift & JudgedPoint)[] => {
      const drift = judgeDrift(each, priors[each.metric]);
      const isSeen =
        drift &&
        runs.some(
          run => run.series === each && run.direction === drift.direction,
        );
      return drift && !isSeen
        ? [{ ...drift, series: each, index: each.points.indexOf(drift.point) }]
        : [];
    }),
  );
  return {
    anomalies: [...runs, ...drifts]
      .map(judged => toAnomaly(judged, input))
      .sort(
        (a, b) =>
          Date.parse(a.at) - Date.parse(b.at) || (a.metric < b.metric ? -1 : 1),
      ),
    unjudged: series.flatMap(unjudgedOf),
  };
}
