import {
  DEFAULT_NAMESPACE,
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogData } from '@goldenpath/engine';

/** The owner of an entity as a full reference, from its relations or else its spec. @public */
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

/**
 * The `data` of the `catalog` fact of an entity. What the entity does not say is left out, and so is `ownerExists` where
 * nobody asked a catalog.
 *
 * @public
 */
export function catalogDataOf(
  entity: Entity,
  known: { ownerExists?: boolean } = {},
): CatalogData {
  const { kind, metadata, spec, relations } = entity;
  const text = (name: string) => {
    const value = spec?.[name];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  const owner = ownerOf(entity);
  const { description } = metadata;
  return {
    kind,
    namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
    name: metadata.name,
    ...(owner !== undefined && { owner }),
    ...known,
    ...text('lifecycle'),
    ...text('type'),
    ...text('system'),
    ...(description !== undefined && { description }),
    tags: metadata.tags ?? [],
    annotations: metadata.annotations ?? {},
    links: (metadata.links ?? []).map(({ url, title, type }) => ({
      url,
      ...(title !== undefined && { title }),
      ...(type !== undefined && { type }),
    })),
    ...(relations && {
      relations: relations.map(({ type, targetRef }) => ({ type, targetRef })),
    }),
  };
}
