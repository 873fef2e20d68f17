import { createHash } from 'node:crypto';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { sourceLocationOf } from '../collectors/sourceLocation';
import { SeenEntity } from '../database/EntityStore';

/** What is kept of a catalog entity to notice when it changes, and to find it by where its files are. @internal */
export function seenEntity(entity: Entity): SeenEntity {
  const location = sourceLocationOf(entity);
  return {
    entityRef: stringifyEntityRef(entity),
    etag: entity.metadata.etag ?? digestOfEntity(entity),
    sourceUrl: location.type === 'url' ? location.url : undefined,
  };
}

function digestOfEntity(entity: Entity): string {
  return createHash('sha256').update(JSON.stringify(entity)).digest('hex');
}
