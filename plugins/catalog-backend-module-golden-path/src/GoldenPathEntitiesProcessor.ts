import {
  Entity,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
} from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import {
  goldenPathOfEntity,
  isGoldenPathEntity,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { emitRelationPair } from './emitRelationPair';
import { RELATION_HAS_TEMPLATE, RELATION_TEMPLATE_OF } from './relations';

/**
 * Takes entities of kind `GoldenPath` into the catalog, and relates each to its owner and its templates. One that the
 * Golden Path backend could not score with is refused: what is wrong with it, field by field, is its processing error.
 * @public
 */
export class GoldenPathEntitiesProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'GoldenPathEntitiesProcessor';
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isGoldenPathEntity(entity)) {
      return false;
    }
    goldenPathOfEntity(entity);
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (!isGoldenPathEntity(entity)) {
      return entity;
    }
    const { owner, templates = [] } = entity.spec;
    emitRelationPair({
      entity,
      reference: owner,
      defaultKind: 'group',
      forward: RELATION_OWNED_BY,
      reverse: RELATION_OWNER_OF,
      emit,
    });
    for (const template of templates) {
      emitRelationPair({
        entity,
        reference: template,
        defaultKind: 'template',
        forward: RELATION_HAS_TEMPLATE,
        reverse: RELATION_TEMPLATE_OF,
        emit,
      });
    }
    return entity;
  }
}
