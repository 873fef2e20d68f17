import { InputError } from '@backstage/errors';
import { DeliveryEvent, parseDeliveryEventText } from '@goldenpath/engine';
import { EventLogStore } from '../database/EventLogStore';
import { ByteCache } from '../versions/ByteCache';
import { COUNTED_TYPES } from './countedTypes';

/** About what one report may take of the memory: some hundred megabytes. */
const MOST_EVENTS = 50_000;
/** Parsed events take several times the text they came as. */
const CACHE_BYTES = 32_000_000;

interface Known {
  from: number;
  total: number;
  last: number;
  events: DeliveryEvent[];
  bytes: number;
}

/**
 * Delivery events of an entity, parsed. What was read once is kept, so that the next event costs itself and not the
 * whole history again.
 *
 * @remarks
 * That nothing is missed rests on counting: when the number of events differs from those known and those that came
 * after them, as when an old one was attached late or a transaction committed out of order, everything is read anew.
 * @internal
 */
export class EventLog {
  readonly #store: EventLogStore;
  readonly #known = new ByteCache<Known>({ mostBytes: CACHE_BYTES });

  constructor(options: { store: EventLogStore }) {
    this.#store = options.store;
  }

  /** Events with event time from `from` on, in no particular order. Throws an `InputError` when there are too many. */
  async read(entityRef: string, from: Date): Promise<DeliveryEvent[]> {
    const known = this.#known.get(entityRef);
    if (known === undefined || from.getTime() < known.from) {
      return this.#all(entityRef, from);
    }
    const state = await this.#store.state({
      entityRef,
      from: new Date(known.from),
      after: known.last,
    });
    if (state.total - state.fresh !== known.total) {
      return this.#all(entityRef, from);
    }
    if (state.fresh === 0) {
      return known.events;
    }
    const added = await this.#parse(
      entityRef,
      new Date(known.from),
      known.last,
      MOST_EVENTS - known.events.length,
      state.last,
    );
    return this.#keep(entityRef, {
      ...known,
      total: state.total,
      last: state.last,
      events: [...known.events, ...added.events],
      bytes: known.bytes + added.bytes,
    });
  }

  async #all(entityRef: string, from: Date): Promise<DeliveryEvent[]> {
    // Asked first: what comes in between is read twice rather than never
    const state = await this.#store.state({ entityRef, from, after: 0 });
    const { events, bytes } = await this.#parse(
      entityRef,
      from,
      0,
      MOST_EVENTS,
      state.last,
    );
    const { total, last } = state;
    return this.#keep(entityRef, {
      from: from.getTime(),
      total,
      last,
      events,
      bytes,
    });
  }

  #keep(entityRef: string, known: Known): DeliveryEvent[] {
    this.#known.set(entityRef, known, known.bytes);
    return known.events;
  }

  async #parse(
    entityRef: string,
    from: Date,
    after: number,
    most: number,
    upTo: number,
  ) {
    const entries = await this.#store.after({
      entityRef,
      from,
      after,
      types: COUNTED_TYPES,
      limit: most + 1,
    });
    if (entries.length > most) {
      throw new InputError(
        `There are more than ${MOST_EVENTS} delivery events from ${from.toISOString()} on, too many to compute with; ask for a shorter window`,
      );
    }
    const wanted = entries.filter(({ row }) => row <= upTo);
    return {
      events: wanted.flatMap(({ body }) => readEvent(body)),
      bytes: wanted.reduce((sum, { body }) => sum + body.length, 1_000),
    };
  }
}

/** An event that an older version took and this one refuses is passed over, and spoils no metric. */
function readEvent(body: string): DeliveryEvent[] {
  try {
    return [parseDeliveryEventText(body)];
  } catch {
    return [];
  }
}
