import { parseDeliveryEvent } from '@goldenpath/engine';
import { EventStore, NewEvent } from '../database/EventStore';
import { WorkQueue } from '../work/WorkQueue';

/** Keeps what collectors learned of an entity as delivery events, such as measurements of its objectives. @internal */
export class CollectedEvents {
  readonly #events: EventStore;
  readonly #queue: WorkQueue;

  constructor(options: { events: EventStore; queue: WorkQueue }) {
    this.#events = options.events;
    this.#queue = options.queue;
  }

  /** Throws a `DeliveryEventError` for a body that is none; then none is kept. */
  async keep(entityRef: string, bodies: readonly unknown[]): Promise<void> {
    const events = bodies.map((body): NewEvent => {
      const { source, id, type, environment, at } = parseDeliveryEvent(body);
      return {
        source,
        id,
        entityRef,
        type,
        environment: environment ?? null,
        at,
        body,
      };
    });
    await this.#events.append(events, async (transaction, appended) => {
      if (appended > 0) {
        await this.#queue.enqueue([entityRef], 'delivery-event', {
          transaction,
        });
      }
    });
  }
}
