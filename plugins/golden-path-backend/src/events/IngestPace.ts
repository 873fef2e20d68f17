import { setTimeout as sleep } from 'node:timers/promises';

/** From how many events a second on the process has enough to do with taking them. */
const BUSY_PER_SECOND = 300;
const STEP_MS = 50;

/**
 * How many events come in, so that what is computed from them lets them go first: senders wait for their answer, and a
 * computation that comes a second later has more to compute with.
 * @internal
 */
export class IngestPace {
  readonly #now: () => number;
  #second = 0;
  #inSecond = 0;
  #inSecondBefore = 0;

  constructor(options: { now?: () => number } = {}) {
    this.#now = options.now ?? Date.now;
  }

  record(events: number): void {
    this.#turn();
    this.#inSecond += events;
  }

  isBusy(): boolean {
    this.#turn();
    return Math.max(this.#inSecond, this.#inSecondBefore) >= BUSY_PER_SECOND;
  }

  /** Resolves once few events come in, at the latest after some time. */
  async calm(mostMs: number, signal?: AbortSignal): Promise<void> {
    const end = this.#now() + mostMs;
    while (this.isBusy() && this.#now() < end && !signal?.aborted) {
      await sleep(STEP_MS);
    }
  }

  #turn(): void {
    const second = Math.floor(this.#now() / 1_000);
    if (second !== this.#second) {
      this.#inSecondBefore = second === this.#second + 1 ? this.#inSecond : 0;
      this.#inSecond = 0;
      this.#second = second;
    }
  }
}
