import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogCredentials } from '../service/catalogCredentials';

/** How long an entity that was there counts as being there. */
const BELIEVED_MS = 60_000;
/** An entity may have been registered just now. */
const ABSENCE_BELIEVED_MS = 2_000;
const REFS_PER_REQUEST = 200;
const MOST_KNOWN = 100_000;

interface Answer {
  visible: boolean;
  until: number;
}

/**
 * Which entities of the catalog there are for a principal. Answers are believed for up to a minute, so that a stream of
 * events about the same entities does not become a stream of requests to the catalog.
 * @internal
 */
export class CatalogVisibility {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #now: () => number;
  readonly #known = new Map<string, Answer>();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#now = options.now ?? Date.now;
  }

  /** Those of some entities that are in the catalog. */
  async existing(entityRefs: Iterable<string>): Promise<Set<string>> {
    return this.visible(
      entityRefs,
      await this.#auth.getOwnServiceCredentials(),
    );
  }

  /** Those of some entities that are in the catalog and that the principal may see. */
  async visible(
    entityRefs: Iterable<string>,
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const now = this.#now();
    const principal = JSON.stringify(credentials.principal);
    const visible = new Set<string>();
    const unknown: string[] = [];
    for (const ref of new Set(entityRefs)) {
      const answer = this.#known.get(`${principal} ${ref}`);
      if (answer === undefined || answer.until <= now) {
        unknown.push(ref);
      } else if (answer.visible) {
        visible.add(ref);
      }
    }
    const asked = {
      credentials: await catalogCredentials(credentials, this.#auth),
    };
    for (let start = 0; start < unknown.length; start += REFS_PER_REQUEST) {
      const refs = unknown.slice(start, start + REFS_PER_REQUEST);
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: refs,
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        asked,
      );
      refs.forEach((ref, index) => {
        const found = items[index] !== undefined && items[index] !== null;
        this.#remember(`${principal} ${ref}`, found, now);
        if (found) {
          visible.add(ref);
        }
      });
    }
    return visible;
  }

  #remember(key: string, visible: boolean, now: number): void {
    if (this.#known.size >= MOST_KNOWN) {
      this.#known.clear();
    }
    const believed = visible ? BELIEVED_MS : ABSENCE_BELIEVED_MS;
    this.#known.set(key, { visible, until: now + believed });
  }
}
