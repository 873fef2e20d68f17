import { DEFAULT_ENVIRONMENT } from '../deployments';
import type { DeliveryEvent, SloEvent } from '../deliveryEvent';

/** An objective with everything that was measured of it, oldest first. */
export interface MeasuredObjective {
  name: string;
  measurements: SloEvent[];
}

/**
 * The objectives of one environment, by name.
 *
 * @param events - of one entity, in the order of `orderEvents`.
 */
export function readObjectives(
  events: readonly DeliveryEvent[],
  environment: string,
): MeasuredObjective[] {
  const byName = new Map<string, SloEvent[]>();
  for (const event of events) {
    if (
      event.kind === 'slo-measured' &&
      (event.environment ?? DEFAULT_ENVIRONMENT) === environment
    ) {
      const { name } = event.slo.objective;
      const known = byName.get(name);
      if (known) {
        known.push(event);
      } else {
        byName.set(name, [event]);
      }
    }
  }
  return [...byName]
    .map(([name, measurements]) => ({ name, measurements }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
