import type { DeliveryEvent } from './deliveryEvent';

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function compareEvents(a: DeliveryEvent, b: DeliveryEvent): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    (a.attempt ?? 0) - (b.attempt ?? 0) ||
    compareText(a.source, b.source) ||
    compareText(a.id, b.id) ||
    compareText(a.type, b.type)
  );
}

/**
 * The events in the one order every computation starts from, each `source` and `id` once. Of two different
 * bodies under one identity the earlier counts, so that the result does not depend on the order of arrival.
 */
export function orderEvents(events: readonly DeliveryEvent[]): DeliveryEvent[] {
  const seen = new Map<string, DeliveryEvent>();
  for (const event of events) {
    const identity = `${event.source.length} ${event.source}${event.id}`;
    const known = seen.get(identity);
    if (
      !known ||
      (compareEvents(event, known) ||
        compareText(JSON.stringify(event), JSON.stringify(known))) < 0
    ) {
      seen.set(identity, event);
    }
  }
  return [...seen.values()].sort(compareEvents);
}
