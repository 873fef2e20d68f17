import { RouteFunc, useRouteRef } from '@backstage/core-plugin-api';
import { repositoryRouteRef } from '../routes';

/** Address of a repository's page; `undefined` in an app that leaves the page out. */
export function useRepositoryRoute(): RouteFunc<{ name: string }> | undefined {
  try {
    return useRouteRef(repositoryRouteRef);
  } catch {
    return undefined;
  }
}
