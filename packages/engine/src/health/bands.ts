import type { Metric } from '../model';

export type Band = NonNullable<Metric['band']>;

/**
 * A ladder of bands, by the year of its State of DevOps report. Later reports have clusters or archetypes that are not
 * ordered, and give no ladder.
 *
 * @public
 */
export type Ladder = '2023' | '2021';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** A month of the ladders, as Apache DevLake counts it. */
const MONTH = 30 * DAY;
const SIX_MONTHS = 6 * MONTH;

interface Steps {
  elite: number;
  high: number;
  medium: number;
}

/** Limits as Apache DevLake draws them: seconds are below, rates at most the limit. */
const LADDERS: Record<Ladder, Record<'lead' | 'fail' | 'recovery', Steps>> = {
  2023: {
    lead: { elite: DAY, high: WEEK, medium: MONTH },
    fail: { elite: 0.05, high: 0.1, medium: 0.15 },
    recovery: { elite: HOUR, high: DAY, medium: WEEK },
  },
  2021: {
    lead: { elite: HOUR, high: WEEK, medium: SIX_MONTHS },
    fail: { elite: 0.15, high: 0.2, medium: 0.3 },
    recovery: { elite: HOUR, high: DAY, medium: WEEK },
  },
};

function bandOf(steps: Steps, holds: (limit: number) => boolean): Band {
  return (
    (['elite', 'high', 'medium'] as const).find(band => holds(steps[band])) ??
    'low'
  );
}

/** Band of a median change lead time in seconds. */
export function leadTimeBand(seconds: number, ladder: Ladder = '2023'): Band {
  return bandOf(LADDERS[ladder].lead, limit => seconds < limit);
}

/** Band of a change fail rate, 0 to 1. */
export function failRateBand(rate: number, ladder: Ladder = '2023'): Band {
  return bandOf(LADDERS[ladder].fail, limit => rate <= limit);
}

/** Band of a median failed deployment recovery time in seconds. */
export function recoveryBand(seconds: number, ladder: Ladder = '2023'): Band {
  return bandOf(LADDERS[ladder].recovery, limit => seconds < limit);
}

/** Days with a deployment, as the ladders ask for them: medians, and null where the window is too short to tell. */
export interface FrequencyDays {
  perWeek: number;
  perMonth: number | null;
  perSixMonths: number | null;
}

/** Band of a deployment frequency; `undefined` when the window is too short to tell. */
export function frequencyBand(
  { perWeek, perMonth, perSixMonths }: FrequencyDays,
  ladder: Ladder = '2023',
): Band | undefined {
  if (perWeek >= 5) {
    return 'elite';
  }
  const rarer =
    ladder === '2023'
      ? ([perWeek, perMonth] as const)
      : ([perMonth, perSixMonths] as const);
  if (perWeek >= 1 || (rarer[0] ?? 0) >= 1) {
    return 'high';
  }
  if (rarer[0] === null || rarer[1] === null) {
    return rarer[1] !== null && rarer[1] >= 1 ? 'medium' : undefined;
  }
  return rarer[1] >= 1 ? 'medium' : 'low';
}
