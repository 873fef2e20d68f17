import { createHash } from 'node:crypto';
import {
  DEFAULT_NAMESPACE,
  Entity,
  parseEntityRef,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ownerOf,
  SOURCE_TEMPLATE_ANNOTATION,
  TIME_ZONE_ANNOTATION,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { IANAZone } from 'luxon';
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
    title: entity.metadata.title,
    owner: ownerOf(entity),
    system: systemOf(entity),
    template: refOf(
      entity.metadata.annotations?.[SOURCE_TEMPLATE_ANNOTATION],
      'template',
      entity,
    ),
    timeZone: timeZoneOf(entity),
    hints: hintsOfEntity(entity, sourceUrl),
  };
}

/** A name that is no zone is left out: it must not keep an entity from having numbers. */
function timeZoneOf(entity: Entity): string | undefined {
  const zone = entity.metadata.annotations?.[TIME_ZONE_ANNOTATION];
  return zone && IANAZone.isValidZone(zone) ? zone : undefined;
}

function systemOf(entity: Entity): string | undefined {
  const relation = entity.relations?.find(
    ({ type, targetRef }) =>
      type === RELATION_PART_OF && targetRef.startsWith('system:'),
  );
  return relation?.targetRef ?? refOf(entity.spec?.system, 'system', entity);
}

function refOf(
  value: unknown,
  defaultKind: string,
  entity: Entity,
): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  const defaultNamespace = entity.metadata.namespace ?? DEFAULT_NAMESPACE;
  try {
    return stringifyEntityRef(
      parseEntityRef(value, { defaultKind, defaultNamespace }),
    );
  } catch {
    return undefined;
  }
}

function digestOfEntity(entity: Entity): string {
  return createHash('sha256').update(JSON.stringify(entity)).digest('hex');
}
