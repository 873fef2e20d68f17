/** How much of everything is measured. */
export interface HealthSizes {
  /** Entities that events are sent about. */
  senders: number;
  /** Requests of {@link HealthSizes.batch} events each. */
  batches: number;
  batch: number;
  /** Requests of one event each. */
  singles: number;
  /** How often an event is followed to its metric. */
  tries: number;
  /** Entities of the larger of the two databases in which one is computed anew. */
  fleet: number;
  /** Entities with a thousand events each in the log that pages are read from. */
  logged: number;
  /** The same of the log that is also read the way of the peer. */
  peerLogged: number;
  gateSeconds: number;
}

/** Events of each entity of a large log. */
export const EVENTS_EACH = 1_000;

export const FULL: HealthSizes = {
  senders: 1_000,
  batches: 200,
  batch: 500,
  singles: 20_000,
  tries: 50,
  fleet: 10_000,
  logged: 10_000,
  peerLogged: 1_000,
  gateSeconds: 5,
};

/** For a look whether everything works. */
export const QUICK: HealthSizes = {
  senders: 100,
  batches: 20,
  batch: 500,
  singles: 1_000,
  tries: 10,
  fleet: 1_000,
  logged: 1_000,
  peerLogged: 200,
  gateSeconds: 1,
};
