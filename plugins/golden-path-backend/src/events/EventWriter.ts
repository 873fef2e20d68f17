import {
  Delivery,
  deliveryKey,
  DeliveryStore,
} from '../database/DeliveryStore';
import { EventStore, NewEvent } from '../database/EventStore';
import { eventKey } from '../database/insertEvents';
import { WorkQueue } from '../work/WorkQueue';
import { Coalescer } from './Coalescer';
import { IngestPace } from './IngestPace';

/** Events of one request, which are kept all or none. @internal */
export interface WriteRequest {
  events: NewEvent[];
  /** The message they came in; when it was taken before, nothing is kept. */
  delivery?: Omit<Delivery, 'events'>;
}

/** What became of the events of one request. @internal */
export interface Written {
  accepted: number;
  duplicates: number;
}

/** Called with the entities that events were kept of, once they are durable. @internal */
export type OnIngested = (entityRefs: string[]) => void;

const MOST_EVENTS_TOGETHER = 2_000;

/**
 * Keeps events. What several requests bring at the same time goes into one transaction, so that their number is not
 * bound by how fast the database commits; each is answered when it is durable.
 * @internal
 */
export class EventWriter {
  readonly #events: EventStore;
  readonly #deliveries: DeliveryStore;
  readonly #queue: WorkQueue;
  readonly #onIngested: OnIngested;
  readonly #pace: IngestPace | undefined;
  readonly #requests: Coalescer<WriteRequest, Written>;

  constructor(options: {
    events: EventStore;
    deliveries: DeliveryStore;
    queue: WorkQueue;
    onIngested?: OnIngested;
    pace?: IngestPace;
  }) {
    this.#events = options.events;
    this.#deliveries = options.deliveries;
    this.#queue = options.queue;
    this.#onIngested = options.onIngested ?? (() => {});
    this.#pace = options.pace;
    this.#requests = new Coalescer({
      work: requests => this.#writeAll(requests),
      sizeOf: ({ events }) => events.length,
      mostSize: MOST_EVENTS_TOGETHER,
      concernsAll: isOutOfReach,
    });
  }

  /** Resolves once the events are durable. */
  async write(request: WriteRequest): Promise<Written> {
    this.#pace?.record(request.events.length);
    return this.#requests.run(request);
  }

  async #writeAll(requests: WriteRequest[]): Promise<Written[]> {
    const { wanted, added } = await this.#events.transaction(
      async transaction => {
        const fresh = await this.#deliveries.record(
          transaction,
          requests.flatMap(({ delivery, events }) =>
            delivery ? [{ ...delivery, events: events.length }] : [],
          ),
        );
        const taken = requests.map(({ delivery }) =>
          // Of two requests with the same message in one group the first counts
          delivery ? fresh.delete(deliveryKey(delivery)) : true,
        );
        const events = requests.flatMap((request, index) =>
          taken[index] ? request.events : [],
        );
        const appended = await this.#events.appendIn(transaction, events);
        await this.#queue.enqueue(refsOf(appended), 'delivery-event', {
          transaction,
        });
        return { wanted: taken, added: appended };
      },
    );
    this.#events.committed(added);
    const refs = refsOf(added);
    if (refs.length > 0) {
      this.#queue.notify();
      this.#onIngested(refs);
    }
    return countEach(requests, wanted, added);
  }
}

/** The database is down, or has no connection to spare: trying each request by itself would only take longer. */
function isOutOfReach(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: unknown };
  return (
    name === 'KnexTimeoutError' ||
    /^(08|53|57|ECONN|ENOTFOUND|ETIMEDOUT|EPIPE)/.test(String(code ?? ''))
  );
}

/** An event that two requests of a group brought is new for the first of them only. */
function countEach(
  requests: WriteRequest[],
  wanted: boolean[],
  added: NewEvent[],
): Written[] {
  const left = new Set(added.map(eventKey));
  return requests.map(({ events }, index) => {
    const accepted = wanted[index]
      ? events.filter(event => left.delete(eventKey(event))).length
      : 0;
    return { accepted, duplicates: events.length - accepted };
  });
}

function refsOf(events: NewEvent[]): string[] {
  const refs = new Set<string>();
  for (const { entityRef, furtherRefs } of events) {
    if (entityRef !== undefined) {
      refs.add(entityRef);
    }
    furtherRefs?.forEach(ref => refs.add(ref));
  }
  return [...refs].sort();
}
