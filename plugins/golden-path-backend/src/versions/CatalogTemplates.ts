import { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const AGAIN_MS = 10 * 60_000;

/** The templates of the catalog, whether or not anything was made from them. @internal */
export class CatalogTemplates {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #now: () => number;
  readonly #given = new Map<string, number>();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#now = options.now ?? Date.now;
  }

  /** References of templates that were not given within the last ten minutes, to spare the hosts they lie on. */
  async due(signal?: AbortSignal): Promise<string[]> {
    const now = this.#now();
    const due: string[] = [];
    const seen = new Set<string>();
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: 'Template' },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      signal?.throwIfAborted();
      for (const ref of page.map(entity => stringifyEntityRef(entity))) {
        seen.add(ref);
        if (now - (this.#given.get(ref) ?? -AGAIN_MS) >= AGAIN_MS) {
          this.#given.set(ref, now);
          due.push(ref);
        }
      }
    }
    for (const ref of [...this.#given.keys()].filter(one => !seen.has(one))) {
      this.#given.delete(ref);
    }
    return due;
  }
}
