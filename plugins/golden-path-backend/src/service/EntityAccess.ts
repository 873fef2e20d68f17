import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogCredentials } from './catalogCredentials';

const REFS_PER_REQUEST = 200;

/** Which entities a caller may see, as the catalog decides; a scorecard is as visible as its entity. @internal */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #auth: AuthService;

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
    auth: AuthService;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#permissions = options.permissions;
  }

  /** The entity, or a `NotFoundError` that does not tell whether it is hidden or not there. */
  async entity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await catalogCredentials(credentials, this.#auth),
    });
    if (!entity) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    return entity;
  }

  /** Whether the caller may see every entity, which saves asking about each. */
  async seesAll(credentials: BackstageCredentials): Promise<boolean> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** Those of some entities that the caller may see. */
  async visible(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const visible = new Set<string>();
    const asked = {
      credentials: await catalogCredentials(credentials, this.#auth),
    };
    for (let start = 0; start < entityRefs.length; start += REFS_PER_REQUEST) {
      const batch = entityRefs.slice(start, start + REFS_PER_REQUEST);
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: batch,
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        asked,
      );
      items.forEach((entity, index) => {
        if (entity) {
          visible.add(batch[index]);
        }
      });
    }
    return visible;
  }

  /** Those of some rows whose entity the caller may see, in their order. */
  async onlyVisible<T extends { entity_ref: string }>(
    rows: T[],
    credentials: BackstageCredentials,
  ): Promise<T[]> {
    if (await this.seesAll(credentials)) {
      return rows;
    }
    const refs = [...new Set(rows.map(row => row.entity_ref))];
    const visible = await this.visible(refs, credentials);
    return rows.filter(row => visible.has(row.entity_ref));
  }
}
