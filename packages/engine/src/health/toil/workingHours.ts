import { DateTime } from 'luxon';
import type { MetricSettings } from '../metrics/metricContext';

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
  readonly #spans = new Map<string, Span | undefined>();

  constructor({
    timeZone,
    workingHours,
  }: Pick<MetricSettings, 'timeZone' | 'workingHours'>) {
    this.#timeZone = timeZone;
    this.#hours = workingHours;
  }

  /** Whether the instant, in milliseconds since the epoch, is working time. */
  includes(time: number): boolean {
    const day = this.#dayOf(time);
    return [day.minus({ days: 1 }), day].some(date => {
      const span = this.#spanOf(date);
      return span !== undefined && time >= span.start && time < span.end;
    });
  }

  /** Whether the day of the instant is one with working time. */
  isWorkingDay(time: number): boolean {
    return this.#hours.days.includes(this.#dayOf(time).weekday);
  }

  /** The working time from one instant to another, in seconds. */
  secondsBetween(from: number, to: number): number {
    let milliseconds = 0;
    for (
      let day = this.#dayOf(from).minus({ days: 1 });
      day.toMillis() < to;
      day = day.plus({ days: 1 })
    ) {
      const span = this.#spanOf(day);
      if (span) {
        milliseconds += Math.max(
          0,
          Math.min(span.end, to) - Math.max(span.start, from),
        );
      }
    }
    return milliseconds / 1000;
  }

  #dayOf(time: number): DateTime {
    return DateTime.fromMillis(time, { zone: this.#timeZone }).startOf('day');
  }

  #spanOf(day: DateTime): Span | undefined {
    const key = day.toISODate()!;
    if (!this.#spans.has(key)) {
      const { days, start, end } = this.#hours;
      this.#spans.set(
        key,
        days.includes(day.weekday)
          ? {
              start: atHour(day, start),
              end: atHour(day, end > start ? end : end + 24),
            }
          : undefined,
      );
    }
    return this.#spans.get(key);
  }
}
