import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  stringifyLocationRef,
} from '@backstage/catalog-model';
import type {
  CatalogProcessor,
  LocationSpec,
} from '@backstage/plugin-catalog-node';

/**
 * Says of entities read from a served repository where their source lies. The catalog does so itself only for hosts
 * with an integration.
 */
export class LocalGitSourceProcessor implements CatalogProcessor {
  readonly #prefix: string;

  /** `prefix` is where the addresses of all repositories begin, ending in a slash. */
  constructor(options: { prefix: string }) {
    this.#prefix = options.prefix;
  }

  getProcessorName(): string {
    return 'LocalGitSourceProcessor';
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
  ): Promise<Entity> {
    if (
      location.type !== 'url' ||
      !location.target.startsWith(this.#prefix) ||
      entity.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION]
    ) {
      return entity;
    }
    const folder = new URL('./', location.target);
    folder.pathname = folder.pathname.replace('/blob/', '/tree/');
    return {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...entity.metadata.annotations,
          [ANNOTATION_SOURCE_LOCATION]: stringifyLocationRef({
            type: 'url',
            target: folder.href,
          }),
        },
      },
    };
  }
}
