import { LoggerService } from '@backstage/backend-plugin-api';
import { DeliveryStore } from '../database/DeliveryStore';
import { EventStore } from '../database/EventStore';

const DAY_MS = 86_400_000;
/** Far longer than any sender repeats a message. */
const DELIVERY_DAYS = 90;

/**
 * Forgets delivery events that no window can reach any more, and messages nobody will send again. Which kinds of event
 * ever came is kept.
 * @internal
 */
export class Retention {
  readonly #events: EventStore;
  readonly #deliveries: DeliveryStore;
  readonly #logger: LoggerService;
  readonly #eventDays: number;
  readonly #now: () => Date;

  constructor(options: {
    events: EventStore;
    deliveries: DeliveryStore;
    logger: LoggerService;
    eventDays: number;
    now?: () => Date;
  }) {
    this.#events = options.events;
    this.#deliveries = options.deliveries;
    this.#logger = options.logger;
    this.#eventDays = options.eventDays;
    this.#now = options.now ?? (() => new Date());
  }

  /** Returns how many events were forgotten. */
  async prune(signal?: AbortSignal): Promise<number> {
    const before = (days: number) =>
      new Date(this.#now().getTime() - days * DAY_MS);
    const pruned = await this.#events.prune(before(this.#eventDays), signal);
    await this.#deliveries.prune(before(DELIVERY_DAYS));
    if (pruned > 0) {
      this.#logger.info(
        `Forgot ${pruned} delivery events that are older than ${
          this.#eventDays
        } days`,
      );
    }
    return pruned;
  }
}
