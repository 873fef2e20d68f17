import type { ObjectiveBudget, SloContent } from '../../model';
import type { SloEvent } from '../deliveryEvent';
import { wilsonInterval } from '../wilson';
import {
  type BurnAlertPreset,
  type BurnAlertRule,
  hasBurnAlertRules,
  rulesOf,
} from './alertRules';
import {
  budgetShareOf,
  burnRateOf,
  errorRateOf,
  isAbove,
  type SloWindow,
} from './burnRate';

/** One alert of an objective, and how it stands. @public */
export type BurnAlertState = ObjectiveBudget['alerts'][number];

/** How alerts are judged. @public */
export interface BurnAlertOptions {
  preset?: BurnAlertPreset;
  /** So many bad events in the long window page whatever the traffic; 3 by default. */
  minimumBadEvents?: number;
}

const MINIMUM_BAD_EVENTS = 3;

/** Whether so few events that chance alone may have brought the error rate above the threshold. */
function isLowTraffic(
  { bad, valid }: SloWindow,
  { threshold, severity }: BurnAlertRule,
  target: number,
  minimumBad: number,
): boolean {
  if (
    severity !== 'page' ||
    bad === undefined ||
    valid === undefined ||
    bad >= minimumBad
  ) {
    return false;
  }
  const surelyBad = wilsonInterval(Math.min(bad, valid), valid).low;
  return !isAbove(surelyBad / budgetShareOf(target), threshold);
}

function stateOf(
  rule: BurnAlertRule,
  { objective, windows }: SloContent,
  minimumBad: number,
): BurnAlertState['state'] {
  const { target, periodDays } = objective;
  const { threshold } = rule;
  if (!hasBurnAlertRules(periodDays)) {
    return 'unknown';
  }
  // 14.4 is out of reach at or below 93.06 %, where not one good event burns at 14.4
  if (!isAbove(1 / budgetShareOf(target), threshold)) {
    return 'unreachable';
  }
  const windowOf = (seconds: number) =>
    windows.find(window => window.seconds === seconds);
  const long = windowOf(rule.longSeconds);
  const short = windowOf(rule.shortSeconds);
  if (!long || !short) {
    return 'unknown';
  }
  const burns = [long, short].map(window =>
    burnRateOf(errorRateOf(window), target),
  );
  if (burns.includes(null)) {
    return 'no-traffic';
  }
  if (burns.some(burn => !isAbove(burn!, threshold))) {
    return 'quiet';
  }
  return isLowTraffic(long, rule, target, minimumBad)
    ? 'low-traffic'
    : 'firing';
}

/**
 * The burn-rate alerts of an objective by one measurement. An alert fires when both windows burn strictly above the
 * threshold; a page only if the lower end of the error rate's Wilson interval is above it as well, or enough events were
 * bad. Where only ratios are known, the traffic cannot be checked. A window that was not measured leaves the alert
 * `unknown`, as does a period the table was not made for.
 *
 * @public
 */
export function burnAlertStates(
  slo: SloContent,
  options: BurnAlertOptions = {},
): BurnAlertState[] {
  const { preset, minimumBadEvents = MINIMUM_BAD_EVENTS } = options;
  return rulesOf(slo.objective.periodDays, preset).map(rule => ({
    severity: rule.severity,
    longSeconds: rule.longSeconds,
    shortSeconds: rule.shortSeconds,
    threshold: rule.threshold,
    budgetShare: rule.budgetShare,
    state: stateOf(rule, slo, minimumBadEvents),
  }));
}

/**
 * The states after each measurement of one objective, oldest first. A window without traffic neither fires nor clears: an
 * alert that fired before goes on firing.
 */
export function alertStates(
  measurements: readonly SloEvent[],
  options: BurnAlertOptions = {},
): { event: SloEvent; states: BurnAlertState[] }[] {
  let previous: readonly BurnAlertState[] = [];
  return measurements.map(event => {
    const states = burnAlertStates(event.slo, options).map((alert, index) =>
      alert.state === 'no-traffic' && previous[index]?.state === 'firing'
        ? { ...alert, state: 'firing' as const }
        : alert,
    );
    previous = states;
    return { event, states };
  });
}

/**
 * The states after the last measurement of one objective, oldest first, as `alertStates` has them, without working out
 * more of them than that takes.
 */
export function currentAlertStates(
  measurements: readonly SloEvent[],
  options: BurnAlertOptions = {},
): BurnAlertState[] {
  const decisive = measurements.findLastIndex(({ slo }) =>
    burnAlertStates(slo, options).every(({ state }) => state !== 'no-traffic'),
  );
  return (
    alertStates(measurements.slice(Math.max(0, decisive)), options).at(-1)
      ?.states ?? []
  );
}
