interface Waiting<T, R> {
  item: T;
  size: number;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Does work for several callers at once: what is asked for while work is under way waits and is then done together.
 * A caller that comes alone does not wait. When work for several fails, it is done for each alone, so that none suffers
 * for another, unless what failed concerns them all.
 * @internal
 */
export class Coalescer<T, R> {
  readonly #work: (items: T[]) => Promise<R[]>;
  readonly #sizeOf: (item: T) => number;
  readonly #mostSize: number;
  readonly #mostAtOnce: number;
  readonly #concernsAll: (error: unknown) => boolean;
  #waiting: Waiting<T, R>[] = [];
  #running = 0;

  constructor(options: {
    /** One result for each item, in their order. */
    work: (items: T[]) => Promise<R[]>;
    sizeOf?: (item: T) => number;
    /** Items are taken together up to this size; a larger one goes alone. */
    mostSize: number;
    /** How many works may be under way. */
    mostAtOnce?: number;
    /** Whether an error is none of one item, such as a database that is down. */
    concernsAll?: (error: unknown) => boolean;
  }) {
    this.#work = options.work;
    this.#sizeOf = options.sizeOf ?? (() => 1);
    this.#mostSize = options.mostSize;
    this.#mostAtOnce = options.mostAtOnce ?? 1;
    this.#concernsAll = options.concernsAll ?? (() => false);
  }

  /** The result for one item. */
  run(item: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const size = this.#sizeOf(item);
      this.#waiting.push({ item, size, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#running >= this.#mostAtOnce || this.#waiting.length === 0) {
      return;
    }
    const together = this.#take();
    this.#running++;
    this.#do(together).finally(() => {
      this.#running--;
      this.#next();
    });
    this.#next();
  }

  #take(): Waiting<T, R>[] {
    let size = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      if (count > 0 && size + waiting.size > this.#mostSize) {
        break;
      }
      size += waiting.size;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  async #do(together: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#work(together.map(({ item }) => item));
      together.forEach(({ resolve }, index) => resolve(results[index]));
    } catch (error) {
      if (together.length === 1 || this.#concernsAll(error)) {
        together.forEach(({ reject }) => reject(error));
        return;
      }
      for (const one of together) {
        await this.#do([one]);
      }
    }
  }
}
