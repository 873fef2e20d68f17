import type { ObjectiveBudget } from '../../model';
import type { SloEvent } from '../deliveryEvent';
import { hasBurnAlertRules } from './alertRules';
import { type BurnAlertOptions, currentAlertStates } from './alertStates';
import { burnRateOf, errorRateOf, exhaustionHours } from './burnRate';

const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;
const LAST_HOUR_SECONDS = 3_600;
const STALE_AFTER_HOURS = 24;
/** Fewest valid events a budget is judged from. */
const MIN_EVENTS = 5;
/** Most points of a burn-down. */
const MAX_POINTS = 240;

function periodOf({ slo }: SloEvent) {
  const seconds = slo.objective.periodDays * DAY_SECONDS;
  return slo.windows.find(window => window.seconds === seconds);
}

/** What was left of the budget at one measurement; null when it did not cover the period or saw no traffic. */
function remainingAt(event: SloEvent): number | null {
  const period = periodOf(event);
  const consumed = period
    ? burnRateOf(errorRateOf(period), event.slo.objective.target)
    : null;
  return consumed === null ? null : 1 - consumed;
}

/** The last measurement in each of equal spans of the period. */
function burnDown(
  measurements: readonly SloEvent[],
  until: number,
  periodMs: number,
): NonNullable<ObjectiveBudget['burnDown']> {
  const from = until - periodMs;
  const bySpan = new Map<number, { at: string; remaining: number }>();
  for (const event of measurements) {
    const time = event.at.getTime();
    const remaining = remainingAt(event);
    if (time > from && time <= until && remaining !== null) {
      bySpan.set(Math.ceil(((time - from) / periodMs) * MAX_POINTS), {
        at: event.at.toISOString(),
        remaining,
      });
    }
  }
  return [...bySpan.values()];
}

/**
 * How one objective stands by its latest measurement up to `now`, by the arithmetic of the Site Reliability Workbook,
 * chapter 5: `budget = 1 - target`, `burn = errorRate / budget`, `consumed` the burn rate over the whole period,
 * `remaining = 1 - consumed`. Stale after 24 hours without a measurement: what was measured is still there, but nothing of
 * it is a judgement on now, and its alerts are `unknown`.
 *
 * @param measurements - of one objective; their order does not matter.
 * @returns `undefined` when nothing was measured up to `now`.
 *
 * @public
 */
export function errorBudgetOf(
  measurements: readonly SloEvent[],
  options: BurnAlertOptions & { now: Date; staleAfterHours?: number },
): ObjectiveBudget | undefined {
  const { now, staleAfterHours = STALE_AFTER_HOURS } = options;
  const known = measurements
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const latest = known.at(-1);
  if (!latest) {
    return undefined;
  }
  const { objective, windows } = latest.slo;
  const { target, periodDays } = objective;
  const period = periodOf(latest);
  const errorRate = period ? errorRateOf(period) : null;
  const consumed = burnRateOf(errorRate, target);
  const remaining = consumed === null ? null : 1 - consumed;
  const stale = now.getTime() - latest.at.getTime() > staleAfterHours * HOUR_MS;
  const burnRates = windows.map(window => ({
    seconds: window.seconds,
    burnRate: burnRateOf(errorRateOf(window), target),
    ...(window.bad !== undefined && { bad: window.bad }),
    ...(window.valid !== undefined && { valid: window.valid }),
  }));
  const lastHour =
    burnRates.find(({ seconds }) => seconds === LAST_HOUR_SECONDS)?.burnRate ??
    null;
  const few = period?.valid !== undefined && period.valid < MIN_EVENTS;
  const alerts = currentAlertStates(known, options);
  const notes = [
    stale && `not measured for more than ${staleAfterHours} hours`,
    !period && `no measurement over the period of ${periodDays} days`,
    period && errorRate === null && 'no traffic in the period',
    remaining !== null && few && `${period.valid} events in the period`,
    !hasBurnAlertRules(periodDays) &&
      `no burn-rate alerts are defined for a period of ${periodDays} days: use 28 or 30`,
    alerts.some(({ state }) => state === 'unreachable') &&
      'an alert can never fire: even without one good event the budget burns no faster than its threshold',
  ].filter(note => note !== false && note !== undefined);
  const judged = few ? 'insufficient' : 'ok';
  const measured = remaining === null ? 'no-data' : judged;
  return {
    name: objective.name,
    target,
    periodDays,
    method: objective.method,
    measuredAt: latest.at.toISOString(),
    status: stale ? 'stale' : measured,
    errorRate,
    consumed,
    remaining,
    hoursLeft:
      remaining === null
        ? null
        : exhaustionHours({ remaining, periodDays, burnRate: lastHour }),
    burnRates,
    alerts: stale
      ? alerts.map(alert => ({ ...alert, state: 'unknown' as const }))
      : alerts,
    burnDown: burnDown(known, now.getTime(), periodDays * DAY_SECONDS * 1000),
    ...(latest.slo.url !== undefined && { url: latest.slo.url }),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}
