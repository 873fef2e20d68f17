import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { TechInsightsConfig } from './config';
import { factNames, IDS_FIELD } from './factNames';
import { TechInsightsClient } from './TechInsightsClient';

const factSchema = z.object({
  // Null where the database gave Tech Insights a time it could not read
  timestamp: z.string().nullish(),
  facts: z.record(z.string(), z.json()),
});

type Collected = Extract<FactCollectorResult, { status: 'collected' }>;

const NOT_THERE =
  'There is no Tech Insights at this Backstage; install its backend plugin, or remove the module that reads its facts';

/**
 * Collects `techInsights`: the newest facts of every retriever, under its id as a name that expressions can write, with
 * `observedAt`. What is too old is left out: Tech Insights gives the newest facts however old they are.
 * @internal
 */
export class TechInsightsCollector implements FactCollector {
  readonly id = 'techInsights';
  readonly ttl = { hours: 1 };
  readonly #client: TechInsightsClient;
  readonly #config: TechInsightsConfig;
  readonly #now: () => Date;

  constructor(options: {
    client: TechInsightsClient;
    config: TechInsightsConfig;
    now?: () => Date;
  }) {
    this.#client = options.client;
    this.#config = options.config;
    this.#now = options.now ?? (() => new Date());
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const { entity, signal } = request;
    const ids =
      this.#config.retrievers ?? (await this.#client.retrievers(signal));
    if (!ids) {
      return { status: 'absent', reason: NOT_THERE };
    }
    const facts = await this.#client.latestFacts(
      stringifyEntityRef(entity),
      ids,
      signal,
    );
    if (!facts) {
      return { status: 'absent', reason: NOT_THERE };
    }
    if (facts.size === 0) {
      return {
        status: 'absent',
        reason: `Tech Insights has no facts of this entity, from none of ${ids.length} retrievers; its log says whether they ran`,
      };
    }
    return this.#collected(ids, facts);
  }

  #collected(ids: string[], facts: Map<string, unknown>): Collected {
    const data: Collected['data'] = {};
    const gaps: Record<string, string> = {};
    const renamed: Record<string, string> = {};
    for (const [id, name] of factNames(ids)) {
      const read = this.#read(id, facts.get(id));
      if (typeof read === 'string') {
        gaps[name] = read;
      } else {
        data[name] = read;
      }
      if (name !== id) {
        renamed[name] = id;
      }
    }
    if (Object.keys(renamed).length > 0) {
      data[IDS_FIELD] = renamed;
    }
    return { status: 'collected', data, gaps };
  }

  /** The facts of one retriever, or why there are none. */
  #read(id: string, fact: unknown): Collected['data'] | string {
    if (fact === undefined) {
      return `The retriever '${id}' has stored no facts of this entity`;
    }
    const { success, data, error } = factSchema.safeParse(fact);
    if (!success) {
      return `The facts of the retriever '${id}' cannot be read: ${z.prettifyError(
        error,
      )}`;
    }
    const observed = Date.parse(data.timestamp ?? '');
    if (Number.isNaN(observed)) {
      return `Tech Insights does not say when the retriever '${id}' stored its facts; let the retriever give each fact a timestamp`;
    }
    const observedAt = new Date(observed).toISOString();
    return this.#now().getTime() - observed > this.#config.maxAgeMs
      ? `The facts of the retriever '${id}' are of ${observedAt}, older than goldenPath.techInsights.maxAge allows; see whether it still runs`
      : { ...data.facts, observedAt };
  }
}
