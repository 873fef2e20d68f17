export { MAX_DELIVERY_EVENT_SIZE } from './cdeventBody';
export { computeHealth, type HealthOptions } from './computeHealth';
export * from './deliveryEvent';
export { type EntityHint, resolveEntityHints } from './entityHints';
export { fullEntityRef } from './entityRefForm';
export { type EventsFileProblem, parseEventsFile } from './eventsFile';
export { parseDeliveryEvent } from './parseDeliveryEvent';
