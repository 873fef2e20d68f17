import type { MetricContext } from '../metrics/metricContext';
import { type Bucket, completeBuckets } from './buckets';
import type { MetricSeries, SeriesPoint } from './metricSeries';

const DAY_MS = 86_400_000;
/** The farthest a series reaches back. */
const HISTORY_WEEKS = 26;
/** Weeks of history from which days are compared with the same weekday. */
const WEEKS_FOR_DAYS = 10;

type Values = Omit<SeriesPoint, 'from' | 'to' | 'season'>;
/** What a series is, without its points. */
export type Shape = Omit<MetricSeries, 'bucket' | 'points'>;

/** Something that happened, and what tells of it. */
export interface Item {
  at: number;
  events: readonly string[];
}

/**
 * Makes the points of a series: days where enough happens to judge one by itself, else weeks. It begins with the first
 * whole day or week after the source was first heard of.
 */
export class SeriesMaker {
  readonly #context: MetricContext;
  readonly #start: number;
  readonly #buckets: { day?: Bucket[]; week?: Bucket[] } = {};

  constructor(context: MetricContext) {
    this.#context = context;
    this.#start = context.now - HISTORY_WEEKS * 7 * DAY_MS;
  }

  get start(): number {
    return this.#start;
  }

  /**
   * @param times - of what is counted or measured, in any order
   * @param perDay - how many a day must hold on average to be a point
   */
  make(
    shape: Shape,
    times: readonly number[],
    perDay: number,
    valuesOf: (bucket: Bucket) => Values,
  ): MetricSeries[] {
    const first = times.reduce((a, b) => Math.min(a, b), Infinity);
    if (!(first <= this.#context.now)) {
      return [];
    }
    const from = Math.max(first, this.#start);
    const days = Math.max(1, (this.#context.now - from) / DAY_MS);
    const seen = times.filter(time => time >= from).length;
    const bucket =
      days >= 7 * WEEKS_FOR_DAYS && seen / days >= perDay ? 'day' : 'week';
    const points = this.#bucketsOf(bucket)
      .filter(each => each.from >= from)
      .map(each => ({
        from: new Date(each.from).toISOString(),
        to: new Date(each.to).toISOString(),
        ...(each.season !== undefined && { season: each.season }),
        ...valuesOf(each),
      }));
    return [{ ...shape, bucket, points }];
  }

  /** All complete days or weeks of the history. */
  #bucketsOf(bucket: 'day' | 'week'): Bucket[] {
    this.#buckets[bucket] ??= completeBuckets({
      bucket,
      from: this.#start,
      now: this.#context.now,
      timeZone: this.#context.settings.timeZone,
    });
    return this.#buckets[bucket];
  }

  /** The items of a bucket, and their events in order. */
  within<T extends Item>(
    items: readonly T[],
    { from, to }: Bucket,
  ): { found: T[]; evidence: string[] } {
    const found = items.filter(({ at }) => at >= from && at < to);
    return {
      found,
      evidence: this.#context.orderEvidence(
        found.flatMap(({ events }) => [...events]),
      ),
    };
  }
}
