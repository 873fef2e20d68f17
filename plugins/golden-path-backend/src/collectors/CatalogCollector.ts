import { AuthService } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { HumanDuration, JsonObject } from '@backstage/types';
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
      data: describeEntity(entity, { owner, ownerExists }),
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

/** The owner of an entity as a full reference, from its relations or else its spec. @internal */
export function ownerOf(entity: Entity): string | undefined {
  const relation = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  );
  if (relation) {
    return relation.targetRef;
  }
  const owner = entity.spec?.owner;
  if (typeof owner !== 'string' || owner === '') {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE,
      }),
    );
  } catch {
    return undefined;
  }
}

/** The `catalog` fact of an entity. What the entity does not say is left out. @internal */
export function describeEntity(
  entity: Entity,
  facts: { owner: string | undefined; ownerExists: boolean },
): JsonObject & Record<string, any> {
  const { metadata, spec, relations } = entity;
  return {
    kind: entity.kind,
    namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
    name: metadata.name,
    ...facts,
    lifecycle: spec?.lifecycle,
    type: spec?.type,
    system: spec?.system,
    description: metadata.description,
    tags: metadata.tags ?? [],
    annotations: metadata.annotations ?? {},
    links: (metadata.links ?? []).map(({ url, title, type }) => ({
      url,
      title,
      type,
    })),
    relations: (relations ?? []).map(({ type, targetRef }) => ({
      type,
      targetRef,
    })),
  };
}
