import { LoggerService } from '@backstage/backend-plugin-api';
import { describeError } from '../service/describeError';
import { raceAbort } from '../service/withDeadline';
import { ClaimedWork } from './WorkQueue';

/** What a worker asks of a queue whose items are held under a lease. @internal */
export interface LeasedQueue<T> {
  claim(options: { limit: number; leaseSeconds: number }): Promise<T[]>;
  /** Called once an item was processed. */
  complete(work: T): Promise<boolean>;
  fail(work: T, error: string): Promise<boolean>;
  release(work: T): Promise<void>;
  onEnqueue(listener: () => void): void;
}

/** @internal */
export interface WorkerOptions<T extends { entityRef: string } = ClaimedWork> {
  queue: LeasedQueue<T>;
  logger: LoggerService;
  process(work: T, signal: AbortSignal): Promise<void>;
  /** What is done to an entity, as logs say it. */
  words?: { verb: string; noun: string };
  /** Items processed at once by this replica. */
  concurrency?: number;
  /** How long to wait before looking for items other replicas enqueued, or whose time has come. */
  pollSeconds?: number;
  leaseSeconds?: number;
}

/**
 * Takes items from the queue and processes them, `concurrency` at a time, until stopped.
 *
 * @remarks
 * An item that takes nine tenths of its lease is aborted and given back, before another worker may take it. One that
 * does not listen to its signal is not waited for: it would keep its place from the others, and a stopping backend from
 * stopping. A database error while claiming is logged and the loop goes on: a worker that gives up would leave the queue
 * to nobody.
 * @internal
 */
export class Worker<T extends { entityRef: string } = ClaimedWork> {
  readonly #options: Required<WorkerOptions<T>>;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #loop: Promise<void> | undefined;
  #wake: () => void = () => {};
  #woken = false;

  constructor(options: WorkerOptions<T>) {
    this.#options = {
      words: { verb: 'evaluate', noun: 'evaluation' },
      concurrency: 4,
      pollSeconds: 5,
      leaseSeconds: 300,
      ...options,
    };
    this.#options.queue.onEnqueue(() => this.#wakeUp());
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Aborts what is running, waits for it to end and puts it back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const free = this.#options.concurrency - this.#running.size;
      this.#woken = false;
      const taken = free > 0 ? await this.#claim(free) : [];
      for (const work of taken) {
        this.#begin(work);
      }
      if (taken.length === 0 || taken.length === free) {
        await this.#rest();
      }
    }
  }

  async #claim(limit: number): Promise<T[]> {
    const { queue, leaseSeconds, logger } = this.#options;
    try {
      return await queue.claim({ limit, leaseSeconds });
    } catch (error) {
      logger.error(`Could not look for work: ${describeError(error)}`);
      return [];
    }
  }

  #begin(work: T): void {
    const running: Promise<void> = this.#process(work).finally(() => {
      this.#running.delete(running);
      this.#wakeUp();
    });
    this.#running.add(running);
  }

  async #process(work: T): Promise<void> {
    const { queue, logger, leaseSeconds, process, words } = this.#options;
    const timeout = new AbortController();
    const timer = setTimeout(
      () => timeout.abort(new Error(`The ${words.noun} took too long`)),
      leaseSeconds * 900,
    );
    try {
      const signal = AbortSignal.any([this.#stopping.signal, timeout.signal]);
      await raceAbort(signal, process(work, signal));
      await queue.complete(work);
    } catch (error) {
      await this.#giveBack(work, error).catch(failure =>
        logger.error(
          `Could not put ${
            work.entityRef
          } back, it is retaken when its lease ends: ${describeError(failure)}`,
        ),
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async #giveBack(work: T, error: unknown): Promise<void> {
    const { queue, logger, words } = this.#options;
    if (this.#stopping.signal.aborted) {
      await queue.release(work);
      return;
    }
    const message = describeError(error);
    logger.warn(`Could not ${words.verb} ${work.entityRef}: ${message}`);
    await queue.fail(work, message);
  }

  #wakeUp(): void {
    this.#woken = true;
    this.#wake();
  }

  async #rest(): Promise<void> {
    if (this.#woken || this.#stopping.signal.aborted) {
      return;
    }
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, this.#options.pollSeconds * 1000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }
}
