import type { ObjectiveBudget } from '../model';

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3_600;

/** When a budget is back above a share. */
export interface BudgetRecovery {
  /** If nothing more burns: at the latest then. Null when that cannot be told. */
  ifQuiet: Date | null;
  /** At the present burn: at the latest then; null when it does not come back at it, or the burn is not known. */
  atPresentBurn: Date | null;
  /** Burn rate of the last hour; null without traffic or measurement. */
  burnRate: number | null;
}

interface Known {
  /** Age in milliseconds up to which errors still count at this point. */
  age: number;
  /** At most so much of the budget was consumed by errors that are no older. */
  consumed: number;
}

/** The burn rate of the last hour, as `hoursLeft` takes it, else of the shortest window that is known. */
function presentBurn({ burnRates }: ObjectiveBudget): number | null {
  const known = burnRates
    .filter(({ burnRate }) => burnRate !== null)
    .sort((a, b) => a.seconds - b.seconds);
  const hour = known.find(({ seconds }) => seconds === HOUR_SECONDS);
  return (hour ?? known[0])?.burnRate ?? null;
}

/** What the windows say: burn 1 over the whole period consumes the whole budget. */
function byWindows(objective: ObjectiveBudget, periodMs: number): Known[] {
  const ofPeriod = objective.burnRates.find(
    ({ seconds }) => seconds * 1000 === periodMs,
  );
  return objective.burnRates.flatMap(({ seconds, burnRate, bad, valid }) => {
    const age = seconds * 1000;
    if (age >= periodMs) {
      return [];
    }
    if (bad !== undefined && ofPeriod?.valid && objective.target < 1) {
      return [
        {
          age,
          consumed: bad / (ofPeriod.valid * (1 - objective.target)),
        },
      ];
    }
    const silent = valid === 0 ? 0 : burnRate;
    return silent === null
      ? []
      : [{ age, consumed: (silent * age) / periodMs }];
  });
}

/** What the history says: a drop from one measurement to the next is at least so much consumed between them. */
function byHistory(
  { burnDown = [], measuredAt }: ObjectiveBudget,
  consumed: number,
  periodMs: number,
): Known[] {
  const end = Date.parse(measuredAt);
  const points = burnDown
    .map(({ at, remaining }) => ({ at: Date.parse(at), remaining }))
    .filter(({ at }) => at > end - periodMs && at <= end)
    .sort((a, b) => a.at - b.at);
  let left = consumed;
  return points.slice(1).map((point, index) => {
    left -= Math.max(0, points[index].remaining - point.remaining);
    return { age: end - point.at, consumed: Math.max(0, left) };
  });
}

/**
 * When the budget of a rolling period is above `share` again. What was consumed longer ago than the period no longer
 * counts, so that a budget comes back without anybody's doing; traffic is taken to go on as it was. Both times are upper
 * bounds: of errors is known in which windows they fell, and not when within them.
 *
 * @public
 */
export function budgetRecovery(
  objective: ObjectiveBudget,
  share: number,
): BudgetRecovery {
  const burnRate = presentBurn(objective);
  const consumed =
    objective.consumed ??
    (objective.remaining === null ? null : 1 - objective.remaining);
  if (consumed === null) {
    return { ifQuiet: null, atPresentBurn: null, burnRate };
  }
  const periodMs = objective.periodDays * DAY_MS;
  const measured = Date.parse(objective.measuredAt);
  const known = [
    ...byWindows(objective, periodMs),
    ...byHistory(objective, consumed, periodMs),
    { age: 0, consumed: 0 },
  ].sort((a, b) => b.age - a.age);
  const backAt = (burn: number): Date | null => {
    // Over a whole period it uses up as much as it gives back
    if (burn >= 1 - share) {
      return null;
    }
    // What is known of older errors bounds the younger ones
    let most = consumed;
    for (const point of known) {
      most = Math.min(most, point.consumed);
      const wait = periodMs - point.age;
      if (most + (burn * wait) / periodMs < 1 - share) {
        return new Date(measured + wait);
      }
    }
    return null;
  };
  return {
    ifQuiet: backAt(0),
    atPresentBurn: burnRate === null ? null : backAt(burnRate),
    burnRate,
  };
}
