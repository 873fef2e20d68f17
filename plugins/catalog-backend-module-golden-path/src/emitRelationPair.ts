import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
} from '@backstage/catalog-model';
import {
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';

/**
 * Relates an entity to the one a reference means, in both directions. A reference without a namespace means that of the
 * entity, as everywhere in the catalog.
 *
 * @throws TypeError when the reference is not one.
 * @internal
 */
export function emitRelationPair(options: {
  entity: Entity;
  reference: string;
  defaultKind: string;
  forward: string;
  reverse: string;
  emit: CatalogProcessorEmit;
}): void {
  const { entity, reference, defaultKind, forward, reverse, emit } = options;
  const source = getCompoundEntityRef(entity);
  const target = parseEntityRef(reference, {
    defaultKind,
    defaultNamespace: source.namespace,
  });
  emit(processingResult.relation({ source, type: forward, target }));
  emit(
    processingResult.relation({
      source: target,
      type: reverse,
      target: source,
    }),
  );
}
