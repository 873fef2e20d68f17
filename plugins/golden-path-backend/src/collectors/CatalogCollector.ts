import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { HumanDuration } from '@backstage/types';
import {
  catalogDataOf,
  ownerOf,
} from '@goldenpath/backstage-plugin-golden-path-common';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** Collects `catalog`: what the entity says of itself, and whether its owner exists. @internal */
export class CatalogCollector implements FactCollector {
  readonly id = 'catalog';
  readonly ttl: HumanDuration;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: {
    ttl: HumanDuration;
    catalog: CatalogService;
    auth: AuthService;
  }) {
    this.ttl = options.ttl;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const { entity } = request;
    const owner = ownerOf(entity);
    const ownerExists = owner !== undefined && (await this.#exists(owner));
    return {
      status: 'collected',
      data: catalogDataOf(
        { ...entity, relations: entity.relations ?? [] },
        { ownerExists },
      ),
    };
  }

  async #exists(entityRef: string): Promise<boolean> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    return (
      (await this.#catalog.getEntityByRef(entityRef, { credentials })) !==
      undefined
    );
  }
}
