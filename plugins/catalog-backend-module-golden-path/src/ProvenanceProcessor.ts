import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import { SOURCE_TEMPLATE_ANNOTATION } from '@goldenpath/backstage-plugin-golden-path-common';
import { emitRelationPair } from './emitRelationPair';
import { RELATION_SCAFFOLDED_FROM, RELATION_SCAFFOLDER_OF } from './relations';

/**
 * Relates an entity to the template it was created from, by the annotation `backstage.io/source-template` and by
 * `spec.scaffoldedFrom`. A reference that means no template is passed over: where an entity once came from must not keep
 * it out of the catalog.
 * @public
 */
export class ProvenanceProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'GoldenPathProvenanceProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const references = new Set([
      entity.metadata.annotations?.[SOURCE_TEMPLATE_ANNOTATION],
      entity.spec?.scaffoldedFrom,
    ]);
    for (const reference of references) {
      if (isTemplateRef(reference)) {
        emitRelationPair({
          entity,
          reference,
          defaultKind: 'template',
          forward: RELATION_SCAFFOLDED_FROM,
          reverse: RELATION_SCAFFOLDER_OF,
          emit,
        });
      }
    }
    return entity;
  }
}

function isTemplateRef(reference: unknown): reference is string {
  if (typeof reference !== 'string') {
    return false;
  }
  try {
    const { kind } = parseEntityRef(reference, { defaultKind: 'template' });
    return kind.toLocaleLowerCase('en-US') === 'template';
  } catch {
    return false;
  }
}
