import type { DeliveryEvent, SloEvent } from '../deliveryEvent';
import { eventsOfKind, isInEnvironment } from '../eventsOfKind';
import type { MetricContext } from '../metrics/metricContext';
import { onceFor } from '../onceFor';

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
function readObjectives(
  events: readonly DeliveryEvent[],
  environment: string,
): MeasuredObjective[] {
  const byName = new Map<string, SloEvent[]>();
  for (const event of eventsOfKind(events, 'slo-measured')) {
    if (isInEnvironment(event, environment)) {
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

/** The objectives behind a report. */
export const objectivesIn = onceFor(
  ({ events, environment }: Pick<MetricContext, 'events' | 'environment'>) =>
    readObjectives(events, environment),
);
