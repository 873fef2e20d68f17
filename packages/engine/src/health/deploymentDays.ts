import { DateTime } from 'luxon';

export interface DeploymentDays {
  /** Days with a deployment in each complete week (Monday to Sunday) of the window. */
  perWeek: number[];
  /** Days with a deployment in each complete calendar month of the window. */
  perMonth: number[];
  /** Days with a deployment in the whole window. */
  total: number;
}

function utc(time: number): DateTime {
  return DateTime.fromMillis(time, { zone: 'utc' });
}

/** Starts of the whole units inside `[from, to)`. */
function wholeUnits(
  unit: 'week' | 'month',
  from: number,
  to: number,
): DateTime[] {
  const first = utc(from).startOf(unit);
  const starts: DateTime[] = [];
  for (
    let start = first.toMillis() < from ? first.plus({ [unit]: 1 }) : first;
    start.plus({ [unit]: 1 }).toMillis() <= to;
    start = start.plus({ [unit]: 1 })
  ) {
    starts.push(start);
  }
  return starts;
}

/**
 * Counts the days, in UTC, that saw at least one of the given instants, per complete week and month of the
 * half-open window `[from, to)`. All times in milliseconds since the epoch.
 */
export function countDeploymentDays(options: {
  times: readonly number[];
  from: number;
  to: number;
}): DeploymentDays {
  const { times, from, to } = options;
  const days = [
    ...new Set(times.map(time => utc(time).startOf('day').toMillis())),
  ];
  const per = (unit: 'week' | 'month') => {
    const starts = wholeUnits(unit, from, to);
    const counts = new Map(starts.map(start => [start.toMillis(), 0]));
    for (const day of days) {
      const start = utc(day).startOf(unit).toMillis();
      const count = counts.get(start);
      if (count !== undefined) {
        counts.set(start, count + 1);
      }
    }
    return [...counts.values()];
  };
  return { perWeek: per('week'), perMonth: per('month'), total: days.length };
}
