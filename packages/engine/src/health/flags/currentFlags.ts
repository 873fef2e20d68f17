import { DEFAULT_ENVIRONMENT } from '../environment';
import type { DeliveryEvent } from '../deliveryEvent';
import { orderEvents } from '../eventOrder';
import { FLAG_LIFETIMES } from '../healthOptions';
import type { MetricSettings } from '../metrics/metricContext';
import { readFlagHistories } from './flagHistory';
import { type FlagState, flagState } from './flagState';
import { readTraffic } from './serviceTraffic';

/**
 * The feature flags in use, as their providers last listed them, each with whether it is stale and why. Archived
 * flags and those no longer listed are not among them.
 *
 * @param events - of one entity, in any order
 *
 * @public
 */
export function currentFlags(
  events: readonly DeliveryEvent[],
  options: {
    environment?: string;
    /** Observations after this instant are passed over. */
    at?: Date;
    /** Days a flag of a type may live, where they differ from Unleash's; null: for ever. */
    lifetimes?: Partial<MetricSettings['flagLifetimes']>;
  } = {},
): FlagState[] {
  const { environment = DEFAULT_ENVIRONMENT, at, lifetimes } = options;
  const ordered = orderEvents(
    events.filter(event => at === undefined || event.at <= at),
  );
  const traffic = readTraffic(ordered, environment);
  return readFlagHistories(ordered, environment, Infinity).map(history =>
    flagState(history, { ...FLAG_LIFETIMES, ...lifetimes }, traffic),
  );
}
