import { DateTime } from 'luxon';
import { mean, median } from 'simple-statistics';
import type { Deployment } from '../deployments';
import type { Charge } from './charges';

const DAYS = 7;
const DAY_MS = 86_400_000;
/** The longest period that says what one day cost; the longest day of a time zone has 25 hours. */
const LONGEST_DAILY_MS = 25 * 3_600_000;
/** How far outside its usual spread a step has to be. */
const LEAST_SIGMAS = 3.5;
/** Turns a median absolute deviation into a standard deviation, for normal data. */
const MAD_TO_SIGMA = 1 / 0.6745;
/** Turns a mean absolute deviation into a standard deviation, for normal data. */
const MEAN_DEVIATION_TO_SIGMA = 1.2533;
/** Below this share of the cost a step is the noise of floating point numbers. */
const NOISE = 1e-9;

/** A step of the daily cost at a deployment. */
export interface CostStep {
  /** Those that finished on that day. */
  deployments: Deployment[];
  before: number;
  after: number;
  /** How many robust standard deviations it is; infinite where the days before all cost the same. */
  sigmas: number;
  /** Succeeded deployments of the seven days before and after, which may be behind it as well. */
  others: number;
  /** Ids of the charges of the days compared. */
  events: string[];
}

interface DailyCosts {
  dayOf: (time: number) => DateTime;
  /** By local date; only days that charges cover from beginning to end. */
  byDay: ReadonlyMap<string, { amount: number; events: string[] }>;
}

function readDailyCosts(
  charges: readonly Charge[],
  timeZone: string,
): DailyCosts {
  const dayOf = (time: number) =>
    DateTime.fromMillis(time, { zone: timeZone }).startOf('day');
  const days = new Map<
    string,
    { amount: number; covered: number; length: number; events: string[] }
  >();
  const periods = new Set<string>();
  for (const { from, to, amount, event } of charges) {
    if (to - from > LONGEST_DAILY_MS) {
      continue;
    }
    // Several charges over the same period cover it once.
    const period = `${from}/${to}`;
    const isFirst = !periods.has(period);
    periods.add(period);
    for (
      let day = dayOf(from);
      day.toMillis() < to;
      day = day.plus({ days: 1 })
    ) {
      const start = day.toMillis();
      const end = day.plus({ days: 1 }).toMillis();
      const overlap = Math.min(to, end) - Math.max(from, start);
      const known = days.get(day.toISODate()!) ?? {
        amount: 0,
        covered: 0,
        length: end - start,
        events: [],
      };
      known.amount += (amount * overlap) / (to - from);
      known.covered += isFirst ? overlap : 0;
      known.events.push(event);
      days.set(day.toISODate()!, known);
    }
  }
  return {
    dayOf,
    byDay: new Map([...days].filter(([, day]) => day.covered >= day.length)),
  };
}

/** Robust standard deviation: by the median absolute deviation, or the mean one where that is 0. */
function robustSigma(values: readonly number[]): number {
  const middle = median([...values]);
  const deviations = values.map(value => Math.abs(value - middle));
  return (
    median(deviations) * MAD_TO_SIGMA ||
    mean(deviations) * MEAN_DEVIATION_TO_SIGMA
  );
}

/**
 * The steps of the daily cost at deployments: the median of the seven days after minus that of the seven days before,
 * the same weekdays, the day itself left out; only where it is more than 3.5 robust standard deviations of the days
 * before. Nothing is said unless charges cover all fourteen days, day by day. Of several steps within seven days only
 * the largest is shown, since they see the same days.
 *
 * @param deployments - succeeded ones to judge
 */
export function findCostSteps(options: {
  deployments: readonly Deployment[];
  charges: readonly Charge[];
  timeZone: string;
}): CostStep[] {
  const { deployments, charges, timeZone } = options;
  const { dayOf, byDay } = readDailyCosts(charges, timeZone);
  const perDay = new Map<
    string,
    { day: DateTime; deployments: Deployment[] }
  >();
  for (const deployment of deployments) {
    const day = dayOf(deployment.finishedAt);
    const known = perDay.get(day.toISODate()!);
    if (known) {
      known.deployments.push(deployment);
    } else {
      perDay.set(day.toISODate()!, { day, deployments: [deployment] });
    }
  }
  const costsOf = (day: DateTime, first: number) =>
    Array.from({ length: DAYS }, (_, index) =>
      byDay.get(day.plus({ days: first + index }).toISODate()!),
    ).filter(cost => cost !== undefined);
  const steps: (CostStep & { day: DateTime })[] = [];
  for (const { day, deployments: ofDay } of perDay.values()) {
    const before = costsOf(day, -DAYS);
    const after = costsOf(day, 1);
    if (before.length === DAYS && after.length === DAYS) {
      const usual = before.map(({ amount }) => amount);
      const step = {
        before: median(usual),
        after: median(after.map(({ amount }) => amount)),
      };
      const size = Math.abs(step.after - step.before);
      const sigma = robustSigma(usual);
      const noise =
        NOISE * Math.max(Math.abs(step.before), Math.abs(step.after));
      if (size > noise && size > LEAST_SIGMAS * sigma) {
        steps.push({
          ...step,
          day,
          deployments: ofDay,
          sigmas: sigma > noise ? size / sigma : Infinity,
          others:
            [...perDay.values()]
              .filter(other => Math.abs(other.day.diff(day).as('days')) <= DAYS)
              .reduce((sum, other) => sum + other.deployments.length, 0) -
            ofDay.length,
          events: [...before, ...after].flatMap(({ events }) => events),
        });
      }
    }
  }
  const sizeOf = ({ before, after }: CostStep) => Math.abs(after - before);
  const kept: typeof steps = [];
  for (const step of [...steps].sort((a, b) => sizeOf(b) - sizeOf(a))) {
    if (
      kept.every(
        ({ day }) =>
          Math.abs(day.toMillis() - step.day.toMillis()) > DAYS * DAY_MS,
      )
    ) {
      kept.push(step);
    }
  }
  return kept
    .sort((a, b) => a.day.toMillis() - b.day.toMillis())
    .map(({ day: _, ...step }) => step);
}
