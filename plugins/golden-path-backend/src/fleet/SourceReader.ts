import { SourcesResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { CircuitStore } from '../database/CircuitStore';
import { FactStore } from '../database/FactStore';

/** How each source of facts does over all entities. @internal */
export class SourceReader {
  readonly #facts: FactStore;
  readonly #circuits: CircuitStore;

  constructor(options: { facts: FactStore; circuits: CircuitStore }) {
    this.#facts = options.facts;
    this.#circuits = options.circuits;
  }

  async list(): Promise<SourcesResponse> {
    const now = new Date();
    const circuits = await this.#circuits.read(now);
    const counts = await this.#facts.counts(now);
    return {
      items: counts.map(count => {
        const circuit = circuits.get(count.source);
        return {
          ...count,
          circuit: circuit?.state ?? 'closed',
          reason: circuit?.reason,
          openedAt: circuit?.openedAt,
          retryAt: circuit?.retryAt,
        };
      }),
    };
  }
}
