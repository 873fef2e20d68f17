import { LoggerService } from '@backstage/backend-plugin-api';
import { DeliveryStore } from '../database/DeliveryStore';
import { EventStore } from '../database/EventStore';

const DAY_MS = 86_400_000;
/** Burn rates are of the last measurement; older ones only draw the line of the budget. */
const MEASUREMENT_DAYS = 2;
/** Measurements thinned again each day, so that a day on which nothing ran is made up for. */
const THINNED_DAYS = 7;
/** Far longer than any sender repeats a message. */
const DELIVERY_DAYS = 90;

/**
 * Forgets delivery events that no window can reach any more, messages nobody will send again, and most measurements of
 * objectives that are older than two days. Which kinds of event ever came is kept.
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
    await this.#events.thinMeasurements(
      before(MEASUREMENT_DAYS + THINNED_DAYS),
      before(MEASUREMENT_DAYS),
    );
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
