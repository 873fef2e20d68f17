import { createServiceFactory } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** A catalog whose entities a test changes as it goes, and of which users do not see all. */
export class FakeCatalog {
  readonly hidden = new Set<string>();
  /** How often it was asked for entities by their references. */
  requests = 0;
  #client = catalogServiceMock();
  #entities = new Map<string, Entity>();

  set(...entities: Entity[]): void {
    for (const entity of entities) {
      this.#entities.set(stringifyEntityRef(entity), entity);
    }
    this.#renew();
  }

  remove(entityRef: string): void {
    this.#entities.delete(entityRef);
    this.#renew();
  }

  #renew(): void {
    this.#client = catalogServiceMock({
      entities: [...this.#entities.values()],
    });
  }

  #sees(entityRef: string, options: any): boolean {
    return (
      options?.credentials?.principal?.type !== 'user' ||
      !this.hidden.has(entityRef)
    );
  }

  factory() {
    return createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => this.service(),
    });
  }

  service() {
    return catalogServiceMock.mock({
      getEntityByRef: async (ref, options) =>
        this.#sees(String(ref), options)
          ? this.#client.getEntityByRef(ref)
          : undefined,
      getEntitiesByRefs: async (query, options) => {
        this.requests++;
        const { items } = await this.#client.getEntitiesByRefs(query);
        return {
          items: items.map((entity, index) =>
            this.#sees(query.entityRefs[index], options) ? entity : undefined,
          ),
        };
      },
      getEntityAncestors: query => this.#client.getEntityAncestors(query),
      streamEntities: query => this.#client.streamEntities(query),
    });
  }
}
