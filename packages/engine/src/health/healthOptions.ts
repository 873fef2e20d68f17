import { IANAZone } from 'luxon';
import type { Ladder } from './bands';
import type { DeliveryEvent } from './deliveryEvent';
import type { MetricSettings } from './metrics/metricContext';

/** @public */
export interface HealthOptions {
  /**
   * All events of the entity known up to `now`, those before the window included. Order and duplicates do not
   * matter; events after `now`, or with the entity reference of another entity, are passed over.
   */
  events: readonly DeliveryEvent[];
  entityRef: string;
  /** Environment id. */
  environment: string;
  /** Start of the window, inclusive. */
  from: Date;
  /** End of the window, exclusive. */
  to: Date;
  now: Date;
  /** Hours after a deployment in which a failure is put down to it; younger deployments are not judged. */
  attributionWindowHours?: number;
  /** Whether failures linked by time alone count. */
  countSuspected?: boolean;
  /** Whether a source of the kind is connected; without it, whether such an event was ever seen. */
  instrumented?: { deployments?: boolean; incidents?: boolean };
  /** When the source was last heard of, if only by a sign of life; without it, never stale. */
  lastHeard?: { deployments?: Date; incidents?: Date };
  /** Hours of silence after which a source is stale; a week by default. */
  staleAfterHours?: number;
  /** Fast-burn alerts of the entity's error budget, beside those among the events. */
  burnAlerts?: readonly { id: string; startedAt: Date }[];
  /** The ladder that bands are read from; the one of 2023 by default. */
  ladder?: Ladder;
  /** IANA name of the entity's time zone, for day and week buckets and off-hours; UTC by default. */
  timeZone?: string;
  /** Working time in that zone; by default Monday (1) to Friday, 9 to 18. */
  workingHours?: MetricSettings['workingHours'];
  /** Minutes one manual step takes, by kind, for the estimates of toil; 10 by default. */
  manualMinutes?: Partial<MetricSettings['manualMinutes']>;
  /** Cost of one minute of a pipeline. */
  ciCostPerMinute?: MetricSettings['ciCostPerMinute'];
  /** Days a flag of a type may live, where they differ from Unleash's. */
  flagLifetimes?: Partial<MetricSettings['flagLifetimes']>;
}

/** Unleash's expected lifetimes in days; null: for ever. */
export const FLAG_LIFETIMES: MetricSettings['flagLifetimes'] = {
  release: 40,
  experiment: 40,
  operational: 7,
  'kill-switch': null,
  permission: null,
};

/** What the options leave open, filled in. */
export function settingsOf(options: HealthOptions): MetricSettings {
  return {
    ladder: options.ladder ?? '2023',
    timeZone: options.timeZone ?? 'UTC',
    workingHours: options.workingHours ?? {
      days: [1, 2, 3, 4, 5],
      start: 9,
      end: 18,
    },
    manualMinutes: {
      trigger: 10,
      rollback: 10,
      retry: 10,
      ...options.manualMinutes,
    },
    ciCostPerMinute: options.ciCostPerMinute,
    flagLifetimes: { ...FLAG_LIFETIMES, ...options.flagLifetimes },
  };
}

/** Refuses what no report can be computed from. */
export function assertOptions(options: HealthOptions): void {
  const { from, to, now } = options;
  for (const [name, date] of Object.entries({ from, to, now })) {
    if (Number.isNaN(date.getTime())) {
      throw new RangeError(`${name} is not a valid date`);
    }
  }
  if (from >= to) {
    throw new RangeError('from must be before to');
  }
  if (
    options.timeZone !== undefined &&
    !IANAZone.isValidZone(options.timeZone)
  ) {
    throw new RangeError(
      `timeZone '${options.timeZone}' is not known; give an IANA name such as Europe/Berlin`,
    );
  }
  for (const name of ['attributionWindowHours', 'staleAfterHours'] as const) {
    const hours = options[name];
    if (hours !== undefined && !(hours > 0 && Number.isFinite(hours))) {
      throw new RangeError(`${name} must be a number above 0`);
    }
  }
}
