import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';

/** The windows that can be chosen, in days. */
export const WINDOW_DAYS = [7, 28, 90, 180];

const DAY_MS = 86_400_000;

/** Which environment and how many days are looked at; what is left out is as the backend has it. */
export interface HealthChoice {
  environment?: string;
  days?: number;
}

/** Reads the choice from an address; what no option stands for is passed over. */
export function readHealthChoice(search: URLSearchParams): HealthChoice {
  const days = Number(search.get('window'));
  return {
    environment: search.get('environment') || undefined,
    days: WINDOW_DAYS.includes(days) ? days : undefined,
  };
}

/** The address with a part of the choice changed, everything else in it kept. */
export function writeHealthChoice(
  search: URLSearchParams,
  change: { environment?: string; window?: string },
): URLSearchParams {
  const after = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value) {
      after.set(name, value);
    } else {
      after.delete(name);
    }
  }
  return after;
}

/** What to ask the backend for; without days it decides itself. */
export function healthQuery(
  choice: HealthChoice,
  now: Date,
): { environment?: string; from?: string; to?: string } {
  const { environment, days } = choice;
  return {
    ...(environment && { environment }),
    ...(days && {
      from: new Date(now.getTime() - days * DAY_MS).toISOString(),
      to: now.toISOString(),
    }),
  };
}

/** The whole days of a window. */
export function daysOf(window: HealthResponse['window']): number {
  return Math.round((Date.parse(window.to) - Date.parse(window.from)) / DAY_MS);
}
