import type { Anomaly } from '../../model';

/** A metric over one day or week of the past. @public */
export interface SeriesPoint {
  /** Start, ISO 8601. */
  from: string;
  /** End, excluded. */
  to: string;
  /** Null: not known, which is never 0. */
  value: number | null;
  n: number;
  /** Of a rate. */
  numerator?: number;
  denominator?: number;
  /** What a count was counted in, such as days or scanned releases; 1 where it is left out. */
  exposure?: number;
  /** Only points of the same season are compared: the weekday of daily points. */
  season?: number;
  /** Ids of delivery events. */
  evidence: string[];
}

/** The history of one metric of one entity in one environment. @public */
export interface MetricSeries {
  /** As in the report, or `incidents` or `cost`. */
  metric: string;
  /** Decides how it is judged. */
  kind: 'duration' | 'cost' | 'count' | 'rate';
  unit: Anomaly['unit'];
  /** ISO 4217, with unit `currency`. */
  currency?: string;
  worseWhen: 'higher' | 'lower';
  bucket: 'day' | 'week';
  /** Oldest first; complete ones only. */
  points: SeriesPoint[];
}

/** Fewest points of history by which another one is judged. */
export const MIN_POINTS = 8;
