import type { DeliveryEvent } from './deliveryEvent';
import { DEFAULT_ENVIRONMENT } from './environment';
import { onceFor } from './onceFor';

type Kind = DeliveryEvent['kind'];

/** What an event of the kind is; two kinds may share a shape. */
type EventOf<K extends Kind, E = DeliveryEvent> = E extends {
  kind: infer Kinds;
}
  ? K extends Kinds
    ? E
    : never
  : never;

const byKind = onceFor(({ events }) => {
  const kinds = new Map<Kind, DeliveryEvent[]>();
  for (const event of events) {
    const known = kinds.get(event.kind);
    if (known) {
      known.push(event);
    } else {
      kinds.set(event.kind, [event]);
    }
  }
  return kinds;
});

/** The events of one kind, in the order given. The list of events must not change afterwards. */
export function eventsOfKind<K extends Kind>(
  events: readonly DeliveryEvent[],
  kind: K,
): readonly EventOf<K>[] {
  return (byKind({ events }).get(kind) ?? []) as EventOf<K>[];
}

/** Whether the event is about the environment; one that names none is about production. */
export function isInEnvironment(
  event: Pick<DeliveryEvent, 'environment'>,
  environment: string,
): boolean {
  return (event.environment ?? DEFAULT_ENVIRONMENT) === environment;
}
