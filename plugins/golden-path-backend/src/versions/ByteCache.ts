/** Keeps what was used last, up to a number of bytes altogether. What is larger than that by itself is not kept. @internal */
export class ByteCache<V> {
  readonly #mostBytes: number;
  /** The one used longest ago first. */
  readonly #entries = new Map<string, { value: V; bytes: number }>();
  #bytes = 0;

  constructor(options: { mostBytes: number }) {
    this.#mostBytes = options.mostBytes;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry?.value;
  }

  set(key: string, value: V, bytes: number): void {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes) {
        return;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}
