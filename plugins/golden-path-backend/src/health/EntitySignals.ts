import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  EntitySignal,
  entitySignalChannel,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { describeError } from '../service/describeError';

/**
 * Tells open pages that something of an entity changed. A signal says what, never how it is now: a page asks for that
 * with its own permissions.
 * @internal
 */
export class EntitySignals {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  #failing = false;

  constructor(options: { signals: SignalsService; logger: LoggerService }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** Never throws: a page that is not told asks again by itself. */
  async changed(entityRef: string, topic: EntitySignal['topic']) {
    try {
      await this.#signals.publish<EntitySignal>({
        recipients: { type: 'broadcast' },
        channel: entitySignalChannel(entityRef),
        message: { topic },
      });
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) {
        this.#logger.warn(
          `Signals cannot be sent; pages learn of changes by asking: ${describeError(
            error,
          )}`,
        );
      }
      this.#failing = true;
    }
  }
}
