import { repositoryRouteRef } from '../routes';
import { useOptionalRoute } from './useOptionalRoute';

/** Address of a repository's page; `undefined` in an app that leaves the page out. */
export function useRepositoryRoute() {
  return useOptionalRoute(repositoryRouteRef);
}
