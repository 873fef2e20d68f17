import type { Entity } from '@backstage/catalog-model';

/** The kinds that golden paths can be about. */
export const GOLDEN_PATH_KINDS = ['Component', 'API', 'Resource', 'System'];

/** Whether an entity is of a kind that golden paths can be about. @public */
export function isGoldenPathAvailable(entity: Entity): boolean {
  const kind = entity.kind.toLocaleLowerCase('en-US');
  return GOLDEN_PATH_KINDS.some(
    known => known.toLocaleLowerCase('en-US') === kind,
  );
}
