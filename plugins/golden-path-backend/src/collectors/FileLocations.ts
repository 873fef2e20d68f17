import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Tells whether an entity's `file:` location may be read.
 *
 * @remarks
 * An entity can claim any location in its own annotations, so a service registered from a forge could name a folder of
 * the backend's machine. What cannot be claimed is where the catalog got the entity from: it may name local files only
 * when every location on the way to it is a file location, which only the operator can configure.
 * @internal
 */
export class FileLocations {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async mayRead(entityRef: string): Promise<boolean> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const { items } = await this.#catalog.getEntityAncestors(
      { entityRef },
      { credentials },
    );
    return cameFromFiles(items.map(item => item.entity));
  }
}

/** Whether all locations among an entity's ancestors are file locations, and there is at least one. @internal */
export function cameFromFiles(ancestors: Entity[]): boolean {
  const locations = ancestors.filter(
    entity => entity.kind.toLocaleLowerCase('en-US') === 'location',
  );
  // A nested location without a type has its parent's
  const types = locations.map(location => location.spec?.type ?? 'inherited');
  return (
    types.includes('file') &&
    types.every(type => type === 'file' || type === 'inherited')
  );
}
