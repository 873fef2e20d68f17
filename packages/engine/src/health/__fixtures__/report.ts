import type { HealthReport } from '../../model';
import { computeHealth, type HealthOptions } from '../computeHealth';
import type { DeliveryEvent } from '../deliveryEvent';

/** Four whole weeks, from a Monday to a Monday, seen a week later. */
export const WINDOW = {
  from: new Date('2026-01-05T00:00:00Z'),
  to: new Date('2026-02-02T00:00:00Z'),
  now: new Date('2026-02-09T00:00:00Z'),
};

/** The metrics of the events in `WINDOW`. */
export function metricsOf(
  events: readonly DeliveryEvent[],
  options: Partial<HealthOptions> = {},
): HealthReport['metrics'] {
  return computeHealth({
    ...WINDOW,
    events,
    entityRef: 'component:default/checkout',
    environment: 'production',
    ...options,
  }).metrics;
}
