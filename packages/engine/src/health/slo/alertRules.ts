/** A burn-rate alert over two windows. @public */
export interface BurnAlertRule {
  severity: 'page' | 'ticket';
  longSeconds: number;
  shortSeconds: number;
  /** Burn rate above which the alert fires, in both windows. */
  threshold: number;
  /** Share of the budget that is used in the long window at the threshold. */
  budgetShare: number;
}

/** Whose table of alerts. They are not mixed. @public */
export type BurnAlertPreset = 'sre-workbook' | 'pyrra';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Periods the tables were made for. */
const PERIOD_DAYS = [28, 30];
/** The short window tells that the budget is still burning. */
const SHORT_SHARE = 12;

/** Site Reliability Workbook, chapter 5, table 5-8, with the one-day ticket of its example of recording rules. */
const SHARES = [
  { severity: 'page', longSeconds: HOUR, budgetShare: 0.02 },
  { severity: 'page', longSeconds: 6 * HOUR, budgetShare: 0.05 },
  { severity: 'ticket', longSeconds: DAY, budgetShare: 0.1 },
  { severity: 'ticket', longSeconds: 3 * DAY, budgetShare: 0.1 },
] as const;

/** Pyrra has fixed burn rates and a last window of four days. */
const PYRRA = [
  { severity: 'page', longSeconds: HOUR, shortSeconds: 300, threshold: 14 },
  {
    severity: 'page',
    longSeconds: 6 * HOUR,
    shortSeconds: 1_800,
    threshold: 7,
  },
  {
    severity: 'ticket',
    longSeconds: DAY,
    shortSeconds: 2 * HOUR,
    threshold: 2,
  },
  {
    severity: 'ticket',
    longSeconds: 4 * DAY,
    shortSeconds: 6 * HOUR,
    threshold: 1,
  },
] as const;

/** Whether burn-rate alerts are defined for the period. @public */
export function hasBurnAlertRules(periodDays: number): boolean {
  return PERIOD_DAYS.includes(periodDays);
}

/**
 * Burn rate at which a share of the budget is used up in so many hours: `share * periodHours / hours`.
 *
 * @public
 */
export function burnThreshold(options: {
  budgetShare: number;
  periodDays: number;
  hours: number;
}): number {
  const { budgetShare, periodDays, hours } = options;
  return (budgetShare * periodDays * 24) / hours;
}

/** The rules for any period, supported or not. */
export function rulesOf(
  periodDays: number,
  preset: BurnAlertPreset = 'sre-workbook',
): BurnAlertRule[] {
  if (preset === 'pyrra') {
    return PYRRA.map(rule => ({
      ...rule,
      budgetShare: (rule.threshold * rule.longSeconds) / (periodDays * DAY),
    }));
  }
  return SHARES.map(rule => ({
    ...rule,
    shortSeconds: rule.longSeconds / SHORT_SHARE,
    threshold: burnThreshold({
      budgetShare: rule.budgetShare,
      periodDays,
      hours: rule.longSeconds / HOUR,
    }),
  }));
}

/**
 * The burn-rate alerts of a period, by the table of the Site Reliability Workbook, chapter 5: 14.4, 6, 3 and 1 for 30
 * days; 13.44, 5.6, 2.8 and 0.933 for 28.
 *
 * @throws RangeError for a period that no table was made for.
 *
 * @public
 */
export function burnAlertRules(
  periodDays: number,
  preset: BurnAlertPreset = 'sre-workbook',
): BurnAlertRule[] {
  if (!hasBurnAlertRules(periodDays)) {
    throw new RangeError(
      `no burn-rate alerts are defined for a period of ${periodDays} days; use ${PERIOD_DAYS.join(
        ' or ',
      )}`,
    );
  }
  return rulesOf(periodDays, preset);
}
