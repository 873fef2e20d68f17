import { Knex } from 'knex';
import { DeliveryRow } from './tables';

/** A message as its sender names it; the same again is the same message. @internal */
export interface Delivery {
  sender: string;
  id: string;
  /** How many events it holds. */
  events: number;
}

/** Remembers which messages of webhooks and reports were taken, so that none is taken twice. @internal */
export class DeliveryStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(options: { knex: Knex; now?: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now ?? (() => new Date());
  }

  /** How many events a message held when it was taken; `undefined` when it never was. */
  async taken(sender: string, id: string): Promise<number | undefined> {
    const row = await this.#knex<DeliveryRow>('deliveries')
      .where({ sender, delivery_id: id })
      .first('events');
    return row?.events;
  }

  /** Records messages as taken, as part of a transaction; returns the keys of those that were not before. */
  async record(
    transaction: Knex.Transaction,
    deliveries: Delivery[],
  ): Promise<Set<string>> {
    const byKey = new Map(deliveries.map(one => [deliveryKey(one), one]));
    const fresh = new Set<string>();
    // In one order everywhere, so that two receivers cannot wait for each other in a circle
    for (const key of [...byKey.keys()].sort()) {
      const { sender, id, events } = byKey.get(key)!;
      const inserted = await transaction<DeliveryRow>('deliveries')
        .insert({
          sender,
          delivery_id: id,
          received_at: this.#now().toISOString(),
          events,
        })
        .onConflict(['sender', 'delivery_id'])
        .ignore()
        .returning('sender');
      if (inserted.length > 0) {
        fresh.add(key);
      }
    }
    return fresh;
  }

  /** Forgets messages that were taken before an instant. */
  async prune(before: Date): Promise<number> {
    return this.#knex<DeliveryRow>('deliveries')
      .where('received_at', '<', before.toISOString())
      .delete();
  }
}

/** One text for what identifies a message. @internal */
export function deliveryKey({ sender, id }: Omit<Delivery, 'events'>): string {
  return JSON.stringify([sender, id]);
}
