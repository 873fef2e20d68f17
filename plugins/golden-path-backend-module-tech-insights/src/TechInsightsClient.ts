import {
  AuthService,
  CacheService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { readLimitedJson } from './readLimitedJson';

const PLUGIN_ID = 'tech-insights';
const CACHE_KEY = 'tech-insights-retrievers';
const CACHE_TTL = { minutes: 5 };
const LONGEST_MS = 30_000;
const MAX_BYTES = 2_000_000;
const MAX_RETRIEVERS = 200;
/** Some versions of Express turn a longer list into an object, which Tech Insights cannot look for. */
const IDS_PER_REQUEST = 20;

const factSchemasSchema = z.array(z.object({ id: z.string().min(1) }));
const cachedSchema = z.object({ ids: z.array(z.string()).nullable() });
const latestFactsSchema = z.record(z.string(), z.unknown());

/** Asks the Tech Insights backend for what it stored. @internal */
export class TechInsightsClient {
  readonly #auth: AuthService;
  readonly #cache: CacheService;
  readonly #discovery: DiscoveryService;

  constructor(options: {
    auth: AuthService;
    cache: CacheService;
    discovery: DiscoveryService;
  }) {
    this.#auth = options.auth;
    this.#cache = options.cache;
    this.#discovery = options.discovery;
  }

  /**
   * The ids of all fact retrievers, as of the last few minutes, or `undefined` where there is no Tech Insights.
   *
   * @throws Error when Tech Insights cannot be asked, or has more than 200.
   */
  async retrievers(signal: AbortSignal): Promise<string[] | undefined> {
    const cached = cachedSchema.safeParse(await this.#cache.get(CACHE_KEY));
    if (cached.success) {
      return cached.data.ids ?? undefined;
    }
    const body = await this.#get('/fact-schemas', signal);
    const ids =
      body === undefined
        ? null
        : factSchemasSchema.parse(body).map(({ id }) => id);
    if (ids && ids.length > MAX_RETRIEVERS) {
      throw new Error(
        `Tech Insights has ${ids.length} fact retrievers, and at most ${MAX_RETRIEVERS} are read; name those that matter in goldenPath.techInsights.retrievers`,
      );
    }
    await this.#cache.set(CACHE_KEY, { ids }, { ttl: CACHE_TTL });
    return ids ?? undefined;
  }

  /**
   * The newest facts of an entity by retriever, each as Tech Insights gives it, or `undefined` where there is no Tech
   * Insights. Retrievers without facts of the entity are not among them.
   *
   * @throws Error when Tech Insights cannot be asked.
   */
  async latestFacts(
    entityRef: string,
    ids: string[],
    signal: AbortSignal,
  ): Promise<Map<string, unknown> | undefined> {
    const facts = new Map<string, unknown>();
    for (let at = 0; at < ids.length; at += IDS_PER_REQUEST) {
      const query = new URLSearchParams({ entity: entityRef });
      for (const id of ids.slice(at, at + IDS_PER_REQUEST)) {
        query.append('ids[]', id);
      }
      const body = await this.#get(`/facts/latest?${query}`, signal);
      if (body === undefined) {
        return undefined;
      }
      for (const [id, fact] of Object.entries(latestFactsSchema.parse(body))) {
        facts.set(id, fact);
      }
    }
    return facts;
  }

  async #get(path: string, signal: AbortSignal): Promise<unknown> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: PLUGIN_ID,
    });
    const response = await fetch(
      `${await this.#discovery.getBaseUrl(PLUGIN_ID)}${path}`,
      {
        headers: { Authorization: `Bearer ${token}` },
        signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      },
    );
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return readLimitedJson(response, MAX_BYTES);
  }
}
