interface Kept {
  etag: string;
  headers: Record<string, any>;
  /** As text, so that nobody can change what is kept. */
  body: string;
}

const MOST_CHARACTERS = 32_000_000;
const LONGEST_BODY = 1_000_000;

/**
 * Answers with their etags, so that GitHub can say "not modified", which costs nothing of the quota. The least recently
 * used are dropped when there are too many.
 * @internal
 */
export class ConditionalCache {
  readonly #kept = new Map<string, Kept>();
  #characters = 0;

  get(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
    }
    return kept;
  }

  set(
    key: string,
    answer: { etag: string; headers: Record<string, any>; data: unknown },
  ): void {
    this.#drop(key);
    const body = JSON.stringify(answer.data) ?? 'null';
    if (body.length > LONGEST_BODY) {
      return;
    }
    this.#kept.set(key, { etag: answer.etag, headers: answer.headers, body });
    this.#characters += body.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= MOST_CHARACTERS) {
        break;
      }
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#characters -= this.#kept.get(key)?.body.length ?? 0;
    this.#kept.delete(key);
  }
}
