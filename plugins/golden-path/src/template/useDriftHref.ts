import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { DRIFT_ANCHOR } from '../entity/anchors';
import { ENTITY_TAB_PATH } from '../routes';

/** Address of the drift of a service from its template, on the service's tab. */
export function useDriftHref(): (entityRef: string) => string {
  const entityRoute = useRouteRef(entityRouteRef);
  return entityRef =>
    `${entityRoute(
      entityRouteParams(entityRef),
    )}${ENTITY_TAB_PATH}#${DRIFT_ANCHOR}`;
}
