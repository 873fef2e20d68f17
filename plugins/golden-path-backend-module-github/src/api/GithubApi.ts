import { Octokit } from 'octokit';
import { z } from 'zod';

type Parameters = Record<string, unknown>;

/** The calls the parts make: each answer is checked for what is read of it, and each ends when `signal` is aborted. @internal */
export class GithubApi {
  readonly #octokit: Octokit;
  readonly #signal: AbortSignal;
  /** Without credentials only public data is seen, and of that what the REST interface tells. */
  readonly authenticated: boolean;

  constructor(options: {
    octokit: Octokit;
    signal: AbortSignal;
    authenticated: boolean;
  }) {
    this.#octokit = options.octokit;
    this.#signal = options.signal;
    this.authenticated = options.authenticated;
  }

  /** One answer. A route is a method and a path, such as `GET /repos/{owner}/{repo}`. */
  async get<T>(
    schema: z.ZodType<T>,
    route: string,
    parameters: Parameters,
  ): Promise<T> {
    const { data } = await this.#until(() =>
      this.#octokit.request(route, parameters),
    );
    return schema.parse(data);
  }

  /** The answer to a change, by a route such as `POST /repos/{owner}/{repo}/pulls`. */
  async send<T>(
    schema: z.ZodType<T>,
    route: string,
    parameters: Parameters,
  ): Promise<T> {
    return this.get(schema, route, parameters);
  }

  /** A list with all its pages, at most `mostPages` of 100; `complete` is false when there are more. */
  async list<T>(
    schema: z.ZodType<T>,
    route: string,
    parameters: Parameters,
    mostPages: number,
  ): Promise<{ items: T[]; complete: boolean }> {
    const pages = this.#octokit.paginate
      .iterator(route, { ...parameters, per_page: 100 } as any)
      [Symbol.asyncIterator]();
    const items: T[] = [];
    for (let page = 0; page < mostPages; page++) {
      const { value, done } = await this.#until(() => pages.next());
      if (done) {
        return { items, complete: true };
      }
      items.push(...z.array(schema).parse(value.data));
      if (!hasNext(value.headers.link)) {
        return { items, complete: true };
      }
    }
    return { items, complete: false };
  }

  async graphql<T>(
    schema: z.ZodType<T>,
    query: string,
    variables: Parameters,
  ): Promise<T> {
    return schema.parse(
      await this.#until(() => this.#octokit.graphql(query, variables)),
    );
  }

  /** The client's waits do not listen to the signal. */
  async #until<T>(run: () => Promise<T>): Promise<T> {
    const signal = this.#signal;
    signal.throwIfAborted();
    let refuse = () => {};
    const aborted = new Promise<never>((_, reject) => {
      refuse = () => reject(signal.reason);
    });
    signal.addEventListener('abort', refuse, { once: true });
    try {
      return await Promise.race([run(), aborted]);
    } finally {
      signal.removeEventListener('abort', refuse);
    }
  }
}

function hasNext(link: string | undefined): boolean {
  return /rel="next"/.test(link ?? '');
}
