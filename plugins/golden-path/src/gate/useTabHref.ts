import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { ENTITY_TAB_PATH } from '../routes';

/** Address of a part of an entity's golden path tab. */
export function useTabHref(): (entityRef: string, anchor: string) => string {
  const entityRoute = useRouteRef(entityRouteRef);
  return (entityRef, anchor) =>
    `${entityRoute(entityRouteParams(entityRef))}${ENTITY_TAB_PATH}#${anchor}`;
}
