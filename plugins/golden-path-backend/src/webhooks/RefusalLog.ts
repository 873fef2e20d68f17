import { LoggerService } from '@backstage/backend-plugin-api';

const EVERY_MS = 60_000;

/**
 * Logs that webhooks are refused: the first at once, then once a minute with how many there were, so that a flood of
 * them does not become one in the log. Neither bodies nor secrets are logged.
 * @internal
 */
export class RefusalLog {
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #senders = new Map<
    string,
    { loggedAt: number; reasons: Map<string, number> }
  >();

  constructor(options: { logger: LoggerService; now?: () => number }) {
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  refused(sender: string, reason: string): void {
    const now = this.#now();
    const state = this.#senders.get(sender) ?? {
      loggedAt: -Infinity,
      reasons: new Map<string, number>(),
    };
    this.#senders.set(sender, state);
    state.reasons.set(reason, (state.reasons.get(reason) ?? 0) + 1);
    if (now - state.loggedAt < EVERY_MS) {
      return;
    }
    const counts = [...state.reasons].map(([why, count]) => `${why}: ${count}`);
    this.#logger.warn(
      `Webhooks of '${sender}' were refused (${counts.join(', ')})`,
    );
    state.loggedAt = now;
    state.reasons = new Map();
  }
}
