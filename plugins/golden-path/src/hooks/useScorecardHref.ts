import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { Verdict } from '@goldenpath/engine';
import { CHECKS_ANCHOR, checkAnchor } from '../entity/anchors';
import { ENTITY_TAB_PATH } from '../routes';

/** Addresses of an entity's checks: all of them, those with one verdict, or one of them. */
export function useScorecardHref() {
  const entityRoute = useRouteRef(entityRouteRef);
  return (
    entityRef: string,
    target: { verdict?: Verdict; check?: { path: string; id: string } } = {},
  ) => {
    const { verdict, check } = target;
    const tab = `${entityRoute(
      entityRouteParams(entityRef),
    )}${ENTITY_TAB_PATH}`;
    const anchor = check ? checkAnchor(check.path, check.id) : CHECKS_ANCHOR;
    return `${tab}${verdict ? `?verdict=${verdict}` : ''}#${anchor}`;
  };
}
