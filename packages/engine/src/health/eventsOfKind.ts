import type { DeliveryEvent } from './deliveryEvent';
import { DEFAULT_ENVIRONMENT } from './deployments';

type Kind = DeliveryEvent['kind'];

/** The events of one kind, in the order given. */
export function eventsOfKind<K extends Kind>(
  events: readonly DeliveryEvent[],
  kind: K,
): Extract<DeliveryEvent, { kind: K }>[] {
  return events.filter(
    (event): event is Extract<DeliveryEvent, { kind: K }> =>
      event.kind === kind,
  );
}

/** Whether the event is about the environment; one that names none is about production. */
export function isInEnvironment(
  event: Pick<DeliveryEvent, 'environment'>,
  environment: string,
): boolean {
  return (event.environment ?? DEFAULT_ENVIRONMENT) === environment;
}
