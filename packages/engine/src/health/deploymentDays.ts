import { DateTime } from 'luxon';

export interface DeploymentDays {
  /** Days with a deployment in each complete week (Monday to Sunday) of the window. */
  perWeek: number[];
  /** Days with a deployment in each complete calendar month of the window. */
  perMonth: number[];
  /** Days with a deployment in the whole window. */
  total: number;
}

/** Starts of the whole units inside `[from, to)`, and the end of the last. */
function wholeUnits(
  unit: 'week' | 'month',
  from: DateTime,
  to: DateTime,
): number[] {
  const first = from.startOf(unit);
  const bounds: number[] = [];
  for (
    let start = first < from ? first.plus({ [unit]: 1 }) : first;
    start <= to;
    start = start.plus({ [unit]: 1 })
  ) {
    bounds.push(start.toMillis());
  }
  return bounds;
}

/** The start of the day of each instant, ascending by both. */
export function startsOfDays(
  times: readonly number[],
  zone: string,
): Map<number, number> {
  const starts = new Map<number, number>();
  let start = -Infinity;
  let end = -Infinity;
  for (const time of [...times].sort((a, b) => a - b)) {
    if (time >= end) {
      const day = DateTime.fromMillis(time, { zone }).startOf('day');
      start = day.toMillis();
      end = day.plus({ days: 1 }).toMillis();
    }
    starts.set(time, start);
  }
  return starts;
}

/** How many of the ascending days lie between each pair of neighbouring bounds. */
function countBetween(
  days: readonly number[],
  bounds: readonly number[],
): number[] {
  return bounds
    .slice(1)
    .map(
      (end, index) =>
        days.filter(day => day >= bounds[index] && day < end).length,
    );
}

/**
 * Counts the given days, named by their starts, per complete week (from Monday) and month of the half-open
 * window `[from, to)`. All times in milliseconds since the epoch; days, weeks and months are those of the time zone.
 */
export function countDeploymentDays(options: {
  /** Ascending, each once. */
  days: readonly number[];
  from: number;
  to: number;
  timeZone: string;
}): DeploymentDays {
  const { days, from, to, timeZone: zone } = options;
  const per = (unit: 'week' | 'month') =>
    countBetween(
      days,
      wholeUnits(
        unit,
        DateTime.fromMillis(from, { zone }),
        DateTime.fromMillis(to, { zone }),
      ),
    );
  return { perWeek: per('week'), perMonth: per('month'), total: days.length };
}
