import type {
  EnvironmentExport,
  Feature,
  UnleashClient,
} from './UnleashClient';

const FRESH_MS = 5 * 60_000;

/** Everything that is read of a project at once. @internal */
export interface ProjectSnapshot {
  features: Feature[];
  environment: EnvironmentExport;
  /** Days that flags of each type are expected to live; null for ever. */
  lifetimes: Map<string, number | null>;
}

/** Waits for work that others wait for too, which is why giving up must not stop it. */
async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  const waiting = new AbortController();
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), {
      signal: waiting.signal,
    }),
  );
  try {
    return await Promise.race([work, aborted]);
  } finally {
    waiting.abort();
  }
}

/**
 * The flags of projects, read once every five minutes however many entities share a project. What failed is not kept.
 * @internal
 */
export class ProjectFlags {
  readonly #client: UnleashClient;
  readonly #now: () => Date;
  readonly #known = new Map<
    string,
    { until: number; snapshot: Promise<ProjectSnapshot> }
  >();

  constructor(options: { client: UnleashClient; now: () => Date }) {
    this.#client = options.client;
    this.#now = options.now;
  }

  async of(project: string, signal: AbortSignal): Promise<ProjectSnapshot> {
    const now = this.#now().getTime();
    const known = this.#known.get(project);
    if (known && known.until > now) {
      return unlessAborted(known.snapshot, signal);
    }
    for (const [name, { until }] of this.#known) {
      if (until <= now) {
        this.#known.delete(name);
      }
    }
    const snapshot = this.#read(project);
    this.#known.set(project, { until: now + FRESH_MS, snapshot });
    snapshot.catch(() => this.#known.delete(project));
    return unlessAborted(snapshot, signal);
  }

  async #read(project: string): Promise<ProjectSnapshot> {
    const features = await this.#client.features(project);
    return {
      features,
      environment: await this.#client.environment(project),
      lifetimes: await this.#client.lifetimes(),
    };
  }
}
