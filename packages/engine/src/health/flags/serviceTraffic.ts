import type { DeliveryEvent, SloEvent } from '../deliveryEvent';
import { eventsOfKind, isInEnvironment } from '../eventsOfKind';

/** Whether any window of a measurement saw a valid event; an error rate exists only with traffic. */
function sawTraffic({ slo }: SloEvent): boolean {
  return slo.windows.some(
    ({ valid, errorRate }) =>
      (valid ?? 0) > 0 || (errorRate !== undefined && errorRate !== null),
  );
}

/**
 * The measurements of objectives that saw traffic, as time and event id, oldest first. Without one nobody knows
 * whether a service has traffic.
 *
 * @param events - in the order of `orderEvents`
 */
export function readTraffic(
  events: readonly DeliveryEvent[],
  environment: string,
): { at: number; event: string }[] {
  return eventsOfKind(events, 'slo-measured')
    .filter(event => isInEnvironment(event, environment) && sawTraffic(event))
    .map(({ at, id }) => ({ at: at.getTime(), event: id }));
}
