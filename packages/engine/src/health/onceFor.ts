import type { DeliveryEvent } from './deliveryEvent';

/** What tells that several contexts are of one report: they share its list of events, whatever their window. */
interface OfReport {
  readonly events: readonly DeliveryEvent[];
}

/**
 * Reads something once per list of events, however many metrics and windows of a report ask for it. What is read may
 * rest on everything of the context but its window, and must not be changed by those who get it.
 */
export function onceFor<C extends OfReport, R>(
  read: (context: C) => R,
): (context: C) => R {
  const known = new WeakMap<readonly DeliveryEvent[], { result: R }>();
  return context => {
    let entry = known.get(context.events);
    if (!entry) {
      entry = { result: read(context) };
      known.set(context.events, entry);
    }
    return entry.result;
  };
}
