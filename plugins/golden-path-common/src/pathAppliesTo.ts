import type { Entity } from '@backstage/catalog-model';
import {
  evaluateFilterPredicate,
  type FilterPredicate,
} from '@backstage/filter-predicates';
import type { GoldenPath } from '@goldenpath/engine';

/** Whether an entity is among those a path is for, by the path's filter predicate. @public */
export function pathAppliesTo(path: GoldenPath, entity: Entity): boolean {
  return evaluateFilterPredicate(
    path.spec.appliesTo as FilterPredicate,
    entity,
  );
}
