import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DeliveryEvent,
  EntityHint,
  resolveEntityHints,
} from '@goldenpath/engine';
import { EntityStore } from '../database/EntityStore';

/** The entity an event belongs to. @internal */
export interface EventEntity {
  /** What the event is kept under; undefined when nothing names an entity. */
  entityRef: string | undefined;
  /** Whether the catalog has it and the sender may see it. */
  known: boolean;
}

const NOBODY: EventEntity = { entityRef: undefined, known: false };
const ENTITY_NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/**
 * Finds the entity a delivery event belongs to: the one it names, else the component named as its service, else the
 * one entity whose files are in its repository.
 *
 * @remarks
 * An entity that is named outright and not in the catalog yet is kept: the first deployment of a new service often
 * comes before the catalog has read it. One that exists but that the sender may not see is treated as if nothing named
 * it, and the reply is the same for both.
 * @internal
 */
export class EventEntityResolver {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #entities: EntityStore;
  readonly #credentials: BackstageCredentials;
  readonly #known = new Map<string, Promise<EventEntity>>();

  /** One resolver serves one request, with the sender's `credentials`. */
  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    entities: EntityStore;
    credentials: BackstageCredentials;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#entities = options.entities;
    this.#credentials = options.credentials;
  }

  async resolve(event: DeliveryEvent): Promise<EventEntity> {
    for (const hint of resolveEntityHints(event)) {
      const key = `${hint.kind} ${hint.source ?? ''} ${hint.value}`;
      const known = this.#known.get(key) ?? this.#find(hint);
      this.#known.set(key, known);
      const found = await known;
      if (found.entityRef !== undefined) {
        return found;
      }
    }
    return NOBODY;
  }

  async #find(hint: EntityHint): Promise<EventEntity> {
    switch (hint.kind) {
      case 'entityRef':
        return this.#named(hint.value);
      case 'service':
        return this.#service(hint.value);
      case 'repository':
        return this.#repository(repositoryUrl(hint));
      default:
        return NOBODY;
    }
  }

  async #named(entityRef: string): Promise<EventEntity> {
    if (await this.#visible(entityRef)) {
      return { entityRef, known: true };
    }
    const credentials = await this.#auth.getOwnServiceCredentials();
    const exists = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return exists ? NOBODY : { entityRef, known: false };
  }

  async #service(serviceId: string): Promise<EventEntity> {
    if (!ENTITY_NAME.test(serviceId)) {
      return NOBODY;
    }
    const entityRef = stringifyEntityRef({
      kind: 'component',
      namespace: DEFAULT_NAMESPACE,
      name: serviceId,
    });
    return (await this.#visible(entityRef))
      ? { entityRef, known: true }
      : NOBODY;
  }

  async #repository(url: string | undefined): Promise<EventEntity> {
    const refs = url ? await this.#entities.atSource(url) : [];
    // Several services in one repository: guessing one would credit it with the others' deployments
    if (refs.length !== 1 || !(await this.#visible(refs[0]))) {
      return NOBODY;
    }
    return { entityRef: refs[0], known: true };
  }

  async #visible(entityRef: string): Promise<boolean> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: this.#credentials,
    });
    return entity !== undefined;
  }
}

/** Web address of a repository a CDEvent names by URL, or by id beside the URL of its forge. @internal */
export function repositoryUrl(repository: {
  value: string;
  source?: string;
}): string | undefined {
  const { value, source } = repository;
  if (isUrl(value)) {
    return bare(value);
  }
  return source && isUrl(source) ? bare(`${bare(source)}/${value}`) : undefined;
}

function bare(url: string): string {
  return url.replace(/\/+$/, '').replace(/\.git$/, '');
}

function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text);
}
