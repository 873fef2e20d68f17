import { DateTime } from 'luxon';
import type { MetricContext, MetricSettings } from '../metrics/metricContext';
import { onceFor } from '../onceFor';

interface Span {
  start: number;
  end: number;
}

/** A time of day in hours, on the clock of the time zone even where that day is an hour longer or shorter. */
function atHour(day: DateTime, hours: number): number {
  const whole = Math.floor(hours);
  return whole >= 24
    ? atHour(day.plus({ days: 1 }), hours - 24)
    : day
        .set({ hour: whole, minute: Math.round((hours - whole) * 60) })
        .toMillis();
}

/**
 * The working time of a team in its time zone. An end at or before the start is one on the day after.
 */
export class WorkingHours {
  readonly #timeZone: string;
  readonly #hours: MetricSettings['workingHours'];
  /** Many windows of one report ask for the same instants and days. */
  readonly #days = new Map<number, [before: DateTime, day: DateTime]>();
  readonly #spans = new Map<number, Span[]>();

  constructor({
    timeZone,
    workingHours,
  }: Pick<MetricSettings, 'timeZone' | 'workingHours'>) {
    this.#timeZone = timeZone;
    this.#hours = workingHours;
  }

  /** Whether the instant, in milliseconds since the epoch, is working time. */
  includes(time: number): boolean {
    return this.#daysOf(time)
      .flatMap(day => this.#spansOf(day))
      .some(({ start, end }) => time >= start && time < end);
  }

  /** Whether the day of the instant is one with working time. */
  isWorkingDay(time: number): boolean {
    return this.#hours.days.includes(this.#daysOf(time)[1].weekday);
  }

  /** The working time from one instant to another, in seconds. */
  secondsBetween(from: number, to: number): number {
    let milliseconds = 0;
    for (
      let [day] = this.#daysOf(from);
      day.toMillis() < to;
      day = day.plus({ days: 1 })
    ) {
      for (const span of this.#spansOf(day)) {
        milliseconds += Math.max(
          0,
          Math.min(span.end, to) - Math.max(span.start, from),
        );
      }
    }
    return milliseconds / 1000;
  }

  /** The day of the instant, and the one before, whose working time may last past midnight. */
  #daysOf(time: number): [before: DateTime, day: DateTime] {
    let days = this.#days.get(time);
    if (!days) {
      const zone = this.#timeZone;
      const day = DateTime.fromMillis(time, { zone }).startOf('day');
      days = [day.minus({ days: 1 }), day];
      this.#days.set(time, days);
    }
    return days;
  }

  #spansOf(day: DateTime): Span[] {
    const key = day.toMillis();
    let spans = this.#spans.get(key);
    if (!spans) {
      const { days, start, end } = this.#hours;
      spans = days.includes(day.weekday)
        ? [
            {
              start: atHour(day, start),
              end: atHour(day, end > start ? end : end + 24),
            },
          ]
        : [];
      this.#spans.set(key, spans);
    }
    return spans;
  }
}

/** The working time behind a report. */
export const workingHoursIn = onceFor(
  ({ settings }: Pick<MetricContext, 'events' | 'settings'>) =>
    new WorkingHours(settings),
);
