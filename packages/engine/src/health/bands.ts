import type { Metric } from '../model';

export type Band = NonNullable<Metric['band']>;

const HOUR = 3_600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** A month of the ladder, as Apache DevLake counts it. */
const MONTH = 30 * DAY;

/*
 * The ladder is the one of the State of DevOps report 2023, with the limits Apache DevLake uses. Later
 * reports have clusters or archetypes that are not ordered and give no ladder.
 */

/** Band of a median change lead time in seconds. */
export function leadTimeBand(seconds: number): Band {
  if (seconds < DAY) {
    return 'elite';
  }
  if (seconds < WEEK) {
    return 'high';
  }
  return seconds < MONTH ? 'medium' : 'low';
}

/** Band of a change fail rate, 0 to 1. */
export function failRateBand(rate: number): Band {
  if (rate <= 0.05) {
    return 'elite';
  }
  if (rate <= 0.1) {
    return 'high';
  }
  return rate <= 0.15 ? 'medium' : 'low';
}

/** Band of a median failed deployment recovery time in seconds. */
export function recoveryBand(seconds: number): Band {
  if (seconds < HOUR) {
    return 'elite';
  }
  if (seconds < DAY) {
    return 'high';
  }
  return seconds < WEEK ? 'medium' : 'low';
}

/**
 * Band of a deployment frequency from days with a deployment: median per week, and median per month where
 * that is known. `undefined` when the week falls short and the month is not known.
 */
export function frequencyBand(options: {
  daysPerWeek: number;
  daysPerMonth: number | null;
}): Band | undefined {
  const { daysPerWeek, daysPerMonth } = options;
  if (daysPerWeek >= 5) {
    return 'elite';
  }
  if (daysPerWeek >= 1) {
    return 'high';
  }
  if (daysPerMonth === null) {
    return undefined;
  }
  return daysPerMonth >= 1 ? 'medium' : 'low';
}
