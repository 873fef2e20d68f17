import { createHash } from 'node:crypto';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { sourceLocationOf } from '../collectors/sourceLocation';
import { SeenEntity } from '../database/EntityStore';
import { hintsOfEntity } from '../events/entityHints';

// What is longer does not fit into an index of PostgreSQL
const LONGEST_URL = 2000;

/** What is kept of a catalog entity to notice when it changes, and to find it by where its files are. @internal */
export function seenEntity(entity: Entity): SeenEntity {
  const location = sourceLocationOf(entity);
  const sourceUrl =
    location.type === 'url' && location.url.length <= LONGEST_URL
      ? location.url
      : undefined;
  return {
    entityRef: stringifyEntityRef(entity),
    etag: entity.metadata.etag ?? digestOfEntity(entity),
    sourceUrl,
    hints: hintsOfEntity(entity, sourceUrl),
  };
}

function digestOfEntity(entity: Entity): string {
  return createHash('sha256').update(JSON.stringify(entity)).digest('hex');
}
