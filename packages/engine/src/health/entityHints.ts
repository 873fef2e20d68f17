import type { DeliveryEvent } from './deliveryEvent';

/** Something an event says about the entity it belongs to. @public */
export interface EntityHint {
  kind: 'entityRef' | 'service' | 'artifact' | 'repository';
  /** A full entity reference, a service id, an artifact id (often a package URL) or a repository id. */
  value: string;
  /** Where a repository id is at home, such as `https://example.org`, when the event says so. */
  source?: string;
}

/**
 * What identifies the entity of an event, strongest first: the reference given by the sender, then service,
 * artifact and repository. Whoever holds the catalog takes the first hint that leads to an entity; an event
 * with an `entityRef` yields that hint alone, so that nothing weaker can override it.
 *
 * @public
 */
export function resolveEntityHints(event: DeliveryEvent): EntityHint[] {
  const { entityRef, serviceId, artifactId, repository } = event;
  if (entityRef !== undefined) {
    return [{ kind: 'entityRef', value: entityRef }];
  }
  const hints: EntityHint[] = [];
  if (serviceId !== undefined) {
    hints.push({ kind: 'service', value: serviceId });
  }
  if (artifactId !== undefined) {
    hints.push({ kind: 'artifact', value: artifactId });
  }
  if (repository !== undefined) {
    hints.push({
      kind: 'repository',
      value: repository.id,
      ...(repository.source === undefined ? {} : { source: repository.source }),
    });
  }
  return hints;
}
